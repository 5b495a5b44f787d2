import type { Framework } from './frameworks.ts'

/** What the page must say of the requests in requests.ts: by method, status, route and error. */
export function expectedRequests({ routes }: Framework): Record<string, number> {
  if (routes === undefined) return { 'GET 200 -': 5, 'POST 201 -': 1, 'GET 500 - 500': 1, 'GET 404 -': 2 }
  return {
    [`GET 200 ${routes.hello}`]: 2,
    [`GET 200 ${routes.user}`]: 3,
    [`POST 201 ${routes.make}`]: 1,
    [`GET 500 ${routes.fails} 500`]: 1,
    'GET 404 -': 2,
  }
}

/** The families that every app has, whatever it is made with. */
export const expectedTypes: Record<string, 'counter' | 'gauge' | 'histogram'> = {
  http_server_active_requests: 'gauge',
  http_server_request_body_size_bytes: 'histogram',
  http_server_request_duration_seconds: 'histogram',
  http_server_response_body_size_bytes: 'histogram',
  nodejs_eventloop_delay_max_seconds: 'gauge',
  nodejs_eventloop_delay_mean_seconds: 'gauge',
  nodejs_eventloop_delay_min_seconds: 'gauge',
  nodejs_eventloop_delay_p50_seconds: 'gauge',
  nodejs_eventloop_delay_p90_seconds: 'gauge',
  nodejs_eventloop_delay_p99_seconds: 'gauge',
  nodejs_eventloop_delay_stddev_seconds: 'gauge',
  nodejs_eventloop_time_seconds_total: 'counter',
  nodejs_eventloop_utilization_ratio: 'gauge',
  process_context_switches_total: 'counter',
  process_cpu_time_seconds_total: 'counter',
  process_cpu_utilization_ratio: 'gauge',
  process_memory_usage_bytes: 'gauge',
  process_paging_faults_total: 'counter',
  process_start_time_seconds: 'gauge',
  process_thread_count: 'gauge',
  process_unix_file_descriptor_count: 'gauge',
  process_unix_file_descriptor_limit: 'gauge',
  process_uptime_seconds: 'gauge',
  v8js_memory_external_bytes: 'gauge',
  v8js_memory_heap_size_limit_bytes: 'gauge',
  v8js_memory_heap_space_available_size_bytes: 'gauge',
  v8js_memory_heap_space_physical_size_bytes: 'gauge',
  v8js_memory_heap_space_size_bytes: 'gauge',
  v8js_memory_heap_used_bytes: 'gauge',
  v8js_resource_active: 'gauge',
}
