/** Tells elements that the page is about to be printed, and that it has been: paper has no scroll bars and is white. */

/** What a chart is wide on paper, in pixels: an A4 or Letter page between its margins. */
export const paperPixels = 680

/** Gives a function that stops listening. */
export function onPrinting(change: (isPrinting: boolean) => void): () => void {
  const begin = () => change(true)
  const end = () => change(false)
  addEventListener('beforeprint', begin)
  addEventListener('afterprint', end)
  return () => {
    removeEventListener('beforeprint', begin)
    removeEventListener('afterprint', end)
  }
}

/** Prints `part` and nothing that stands beside it in `whole`. */
export function printAlone(whole: Element, part: Element): void {
  whole.classList.add('prints-one')
  part.classList.add('printed')
  addEventListener(
    'afterprint',
    () => {
      whole.classList.remove('prints-one')
      part.classList.remove('printed')
    },
    { once: true },
  )
  print()
}
