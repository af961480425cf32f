/** What can go wrong at the HTTP door itself, and the status it answers with; a question that fails is an answer, not one of these. */

export type ErrorCode =
  | 'malformed_json'
  | 'invalid_request'
  | 'unauthorized'
  | 'forbidden'
  | 'host_not_allowed'
  | 'origin_not_allowed'
  | 'not_found'
  | 'method_not_allowed'
  | 'request_timeout'
  | 'cancelled'
  | 'not_activated'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'not_run'
  | 'rate_limited'
  | 'headers_too_large'
  | 'internal'
  | 'busy'
  | 'not_ready'
  | 'not_kept'

export const errorStatus: Record<ErrorCode, number> = {
  malformed_json: 400,
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  host_not_allowed: 403,
  origin_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  cancelled: 409,
  not_activated: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  not_run: 422,
  rate_limited: 429,
  headers_too_large: 431,
  internal: 500,
  busy: 503,
  not_ready: 503,
  not_kept: 507,
}
