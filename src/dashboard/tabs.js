/** Tabs that appear as their content arrives: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
import { element } from './element.js'

/** Left to right; the first one there is shown until the reader picks another. */
const order = /** @type {const} */ (['chart', 'table', 'sql', 'how'])
/** @typedef {typeof order[number]} TabName */

let groups = 0

export function createTabs() {
  groups += 1
  const group = `tabs-${groups}`
  const list = element('div', {
    class: 'tab-list',
    role: 'tablist',
    'aria-label': 'The answer',
    onkeydown: onKey,
  })
  const node = element('div', { class: 'tabs', hidden: true }, list)
  /** @type {Map<TabName, { tab: HTMLElement, panel: HTMLElement }>} */
  const entries = new Map()
  /** @type {TabName | undefined} */
  let picked

  function present() {
    return order.filter((name) => entries.has(name))
  }

  /** @param {TabName | undefined} selected */
  function render(selected) {
    for (const [name, { tab, panel }] of entries) {
      const isSelected = name === selected
      tab.setAttribute('aria-selected', String(isSelected))
      tab.tabIndex = isSelected ? 0 : -1
      panel.hidden = !isSelected
    }
  }

  /** @param {TabName} name */
  function pick(name) {
    picked = name
    render(name)
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const names = present()
    const current = names.findIndex((name) => entries.get(name)?.tab === document.activeElement)
    /** @type {Record<string, number>} */
    const targets = {
      ArrowRight: (current + 1) % names.length,
      ArrowLeft: (current - 1 + names.length) % names.length,
      Home: 0,
      End: names.length - 1,
    }
    const name = names[targets[event.key] ?? -1]
    if (!name) return
    event.preventDefault()
    pick(name)
    entries.get(name)?.tab.focus()
  }

  return {
    node,
    /** @param {TabName} name */
    has: (name) => entries.has(name),
    /**
     * Adds a tab at its place, or replaces what it shows.
     * @param {TabName} name
     * @param {string} label
     * @param {HTMLElement} content
     */
    put(name, label, content) {
      const old = entries.get(name)
      if (old) {
        old.panel.replaceChildren(content)
        return
      }
      const tab = element(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `${group}-${name}`,
          'aria-controls': `${group}-${name}-panel`,
          onclick: () => pick(name),
        },
        label,
      )
      const panel = element(
        'div',
        {
          role: 'tabpanel',
          id: `${group}-${name}-panel`,
          'aria-labelledby': `${group}-${name}`,
          tabindex: 0,
          class: 'tab-panel',
        },
        content,
      )
      entries.set(name, { tab, panel })
      list.replaceChildren(...present().map((each) => /** @type {Node} */ (entries.get(each)?.tab)))
      node.append(panel)
      node.hidden = false
      render(picked ?? present()[0])
    },
    /** @param {TabName} name */
    remove(name) {
      const entry = entries.get(name)
      entries.delete(name)
      entry?.tab.remove()
      entry?.panel.remove()
      if (picked === name) picked = undefined
      render(picked ?? present()[0])
    },
  }
}
