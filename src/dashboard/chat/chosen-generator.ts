/** The reader's choice of what writes the SQL, which the browser keeps for each service. */
import type { Service } from '../service/service.js'

type Place = Pick<Service, 'url'>

const choices = new EventTarget()

/** Empty where nothing was chosen: the service decides. */
export function chosenGenerator({ url }: Place): string {
  return localStorage.getItem(placeOf(url)) ?? ''
}

export function chooseGenerator({ url }: Place, name: string): void {
  localStorage.setItem(placeOf(url), name)
  choices.dispatchEvent(new Event('change'))
}

/** Calls back at each choice, in this tab or another, until the signal is aborted. */
export function onGeneratorChoice(onChoice: () => void, signal: AbortSignal): void {
  choices.addEventListener('change', onChoice, { signal })
  addEventListener('storage', onChoice, { signal })
}

function placeOf(url: string): string {
  return `parley-generator ${url}`
}
