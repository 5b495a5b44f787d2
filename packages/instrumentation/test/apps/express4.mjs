import express from 'express4'
import serve from './express-routes.cjs'

serve(express, '*')
