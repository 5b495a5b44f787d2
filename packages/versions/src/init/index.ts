export { type InitPlan, planInit } from './plan-init.ts'
