/** Headers that keep the page to itself: nothing is loaded from, sent to or framed by another origin. */
import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** The hash of nothing: Plotly empties the style of a colour bar by an attribute, which does no harm. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

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
        styleSrcAttr: ["'unsafe-hashes'", emptyStyle],
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
