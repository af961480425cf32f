/** Where in the page the reader is, as the address says it: reload and back lead there again. */

export interface PagePlace {
  /** As the service calls it; empty for its default one. */
  readonly dataset: string
  /** The conversation that is open; empty for one that has not begun. */
  readonly conversation: string
  readonly view: 'chat' | 'board'
}

export function readPlace(): PagePlace {
  const query = new URLSearchParams(location.search)
  return {
    dataset: query.get('dataset') ?? '',
    conversation: query.get('conversation') ?? '',
    view: query.get('view') === 'board' ? 'board' : 'chat',
  }
}

/** A step of the reader's is one that "back" takes back; what follows of itself is not. */
export function writePlace({ dataset, conversation, view }: PagePlace, isStep: boolean): void {
  const query = new URLSearchParams({
    ...(dataset && { dataset }),
    ...(conversation && { conversation }),
    ...(view !== 'chat' && { view }),
  }).toString()
  const address = query ? `?${query}` : location.pathname
  if (isStep) history.pushState(null, '', address)
  else history.replaceState(null, '', address)
}
