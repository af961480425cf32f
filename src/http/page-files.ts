/** The page and the chart library, as files from disk: nothing comes from another origin. */
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import express, { type Express } from 'express'
import { packageRoot } from '../../models/package-root.js'

const chartLibrary = createRequire(import.meta.url).resolve('plotly.js-dist-min/plotly.min.js')

/** The chart library is 4.7 MB and changes only with the package. */
const chartLibraryMaxAge = '1 day'

/** The compiler copies no static files, so both `src` and `dist` read them from the package's own `src/dashboard`. */
export function mountPage(app: Express): void {
  app.get('/vendor/plotly.min.js', (_request, response) => {
    response.sendFile(basename(chartLibrary), {
      root: dirname(chartLibrary),
      maxAge: chartLibraryMaxAge,
    })
  })
  app.use(express.static(join(packageRoot, 'src/dashboard'), { redirect: false }))
}
