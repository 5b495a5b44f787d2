import express from 'express'
import serve from './express-routes.cjs'

serve(express)
