import express from 'express52'
import serve from './express-routes.cjs'

serve(express)
