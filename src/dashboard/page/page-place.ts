/** Where in the page the reader is, as the address says it: reload and back lead there again. */

export interface PagePlace {
  /** As the service calls it; empty for its default one. */
  readonly dataset: string
  /** The conversation that is open; empty for one that has not begun. */
  readonly conversation: string
  readonly view: View
  /** Of the set-up; empty for its first one. */
  readonly panel: string
  /** What in it is shown, such as a table; not given for its beginning. */
  readonly part?: string
}

const views = ['chat', 'board', 'set-up'] as const
export type View = (typeof views)[number]

export function readPlace(): PagePlace {
  const query = new URLSearchParams(location.search)
  return {
    dataset: query.get('dataset') ?? '',
    conversation: query.get('conversation') ?? '',
    view: views.find((view) => view === query.get('view')) ?? 'chat',
    panel: query.get('panel') ?? '',
    part: query.get('part') ?? '',
  }
}

export function addressOf({ dataset, conversation, view, panel, part }: PagePlace): string {
  const query = new URLSearchParams({
    ...(dataset && { dataset }),
    ...(conversation && { conversation }),
    ...(view !== 'chat' && { view }),
    ...(panel && { panel }),
    ...(part && { part }),
  }).toString()
  return query ? `?${query}` : location.pathname
}

/** A step of the reader's is one that "back" takes back; what follows of itself is not. */
export function writePlace(place: PagePlace, isStep: boolean): void {
  const address = addressOf(place)
  if (isStep) history.pushState(null, '', address)
  else history.replaceState(null, '', address)
}
