/** The conversations of the page, one for each dataset; one of them is shown. */
import { byId, element } from './element.js'

/**
 * @typedef {object} Conversation
 * @property {HTMLElement} node Holds the turns.
 * @property {string | undefined} id As the service calls it, after the first answer.
 */

/** @returns {{ of: (dataset: string) => Conversation, show: (dataset: string) => void }} */
export function createConversations() {
  /** @type {Map<string, Conversation>} */
  const known = new Map()

  /** @param {string} dataset */
  function of(dataset) {
    const found = known.get(dataset)
    if (found) return found
    /** @type {Conversation} */
    const started = { node: element('div', { class: 'conversation' }), id: undefined }
    known.set(dataset, started)
    return started
  }

  return {
    of,
    /** An empty conversation is the welcome. */
    show(dataset) {
      const { node } = of(dataset)
      // Taking it out and in again would lose the focus within.
      if (!node.isConnected) byId('conversations').replaceChildren(node)
      byId('welcome').hidden = node.childElementCount > 0
    },
  }
}
