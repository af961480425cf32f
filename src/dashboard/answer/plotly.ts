/** The chart library, fetched from the service with the first chart. */

/** What is used of Plotly: https://plotly.com/javascript/plotlyjs-function-reference/ */
export interface Plotly {
  react(
    node: HTMLElement,
    data: readonly unknown[],
    layout: object,
    config: object,
  ): Promise<unknown>
  purge(node: HTMLElement): void
  toImage(
    figure: { readonly data: readonly unknown[]; readonly layout: object },
    options: object,
  ): Promise<string>
}

/** Where it would put rules into the document, which do not reach a shadow root and which a strict policy forbids. */
const styleIds = [
  'plotly.js-style-global',
  'ce8d464691048653ffe3a57c6c18ab566e8366f186677868cf724621a857b4fe',
]

const libraries = new Map<string, Promise<Plotly>>()

/** Rejects when it cannot be had; the next chart tries again. */
export function loadPlotly(serviceUrl: string): Promise<Plotly> {
  const known = libraries.get(serviceUrl)
  if (known) return known
  const loading = load(`${serviceUrl}/vendor/plotly.min.js`)
  libraries.set(serviceUrl, loading)
  loading.catch(() => libraries.delete(serviceUrl))
  return loading
}

async function load(address: string): Promise<Plotly> {
  const takeBack = keepStylesAway()
  try {
    await loadScript(address)
    return (window as unknown as { Plotly: Plotly }).Plotly
  } finally {
    takeBack()
  }
}

/** It leaves out the rules for which it finds an element with this id and class; `chart.css` has those that are needed. */
function keepStylesAway(): () => void {
  const markers = styleIds.map((id) => {
    const marker = document.createElement('template')
    marker.id = id
    marker.className = 'no-inline-styles'
    return marker
  })
  document.head.append(...markers)
  return () => {
    for (const marker of markers) marker.remove()
  }
}

function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = address
    script.crossOrigin = 'anonymous'
    script.onload = () => resolve()
    script.onerror = () => reject(new Error('The chart library could not be loaded.'))
    document.head.append(script)
  })
}
