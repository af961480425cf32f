/** Headers that keep the page to itself: nothing is loaded from, sent to or framed by another origin. */
import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * Plotly draws heat maps as `data:` images; styles are sheets of ours, and what scripts set goes through the CSSOM.
 * No HSTS and no forced https: the service speaks plain http on the loopback interface.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
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
