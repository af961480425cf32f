/** What stands where the chat does: its script comes when it is first wanted. */
import { html, nothing } from 'lit'
import type { Context } from '../context.js'
import type { PagePlace, View } from './page-place.js'

/** False when the script does not come; whoever wants the view again tries again. */
export async function loadView(view: View): Promise<boolean> {
  try {
    if (view === 'board') await import('../keep/board/parley-board.js')
    if (view === 'set-up') await import('../set-up/parley-set-up.js')
    return true
  } catch {
    return false
  }
}

export function otherView(place: PagePlace, context: Context) {
  if (place.view === 'board') return html`<parley-board .context=${context}></parley-board>`
  if (place.view === 'chat') return nothing
  return html`<parley-set-up .place=${place} .context=${context}></parley-set-up>`
}
