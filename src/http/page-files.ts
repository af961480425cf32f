/** The page, the component and the chart library, as files from disk: nothing comes from another origin. */
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import express, { type Express } from 'express'
import { packageRoot } from '../../models/package-root.js'

const chartLibrary = createRequire(import.meta.url).resolve('plotly.js-dist-min/plotly.min.js')

/** The chart library is 4.7 MB and changes only with the package. */
const chartLibraryMaxAge = '1 day'

/** What `src/dashboard/bundle.mjs` makes, be the service run from sources or compiled. */
const page = join(packageRoot, 'dist/dashboard')

export function mountPage(app: Express): void {
  app.get('/vendor/plotly.min.js', (_request, response) => {
    response.sendFile(basename(chartLibrary), {
      root: dirname(chartLibrary),
      maxAge: chartLibraryMaxAge,
    })
  })
  app.use(express.static(page, { redirect: false }))
}
