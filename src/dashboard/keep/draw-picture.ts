/** A chart as a picture, on paper white whatever the page's colours are. */
import type { Figure } from '../../../agents/chart/figure.js'
import { loadPlotly } from '../answer/plotly.js'
import type { Context } from '../context.js'
import { fileName } from './conversation-file.js'

export type PictureFormat = 'png' | 'svg'

/** Of a slide; a figure may be higher of its own. */
const width = 1_200
const usualHeight = 675
/** Pixels of a PNG for each of these. */
const scale = 2
const paper = '#ffffff'

export async function drawPicture(
  figure: Figure,
  format: PictureFormat,
  question: string,
  { service }: Context,
): Promise<{ readonly name: string; readonly blob: Blob }> {
  const plotly = await loadPlotly(service.url)
  const { data, layout } = structuredClone(figure)
  const { height = usualHeight } = layout as { readonly height?: number }
  const drawn = { data, layout: { ...layout, paper_bgcolor: paper } }
  const address = await plotly.toImage(drawn, { format: 'svg', width, height })
  const text = decodeURIComponent(address.slice(address.indexOf(',') + 1))
  const name = fileName(question, format)
  if (format === 'svg') return { name, blob: new Blob([text], { type: 'image/svg+xml' }) }
  return { name, blob: await asPng(address, height) }
}

/** Plotly would go by way of a blob's address, which the page's policy does not let images have. */
async function asPng(address: string, height: number): Promise<Blob> {
  const image = new Image()
  image.src = address
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = height * scale
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The chart could not be drawn.'))),
      'image/png',
    )
  })
}
