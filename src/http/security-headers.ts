/** Headers that keep the page to itself: nothing is loaded from, sent to or framed by another origin. */
import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * Plotly writes inline styles and draws heat maps as `data:` images; everything else is ours.
 * No HSTS and no forced https: the service speaks plain http on the loopback interface.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
  })
}
