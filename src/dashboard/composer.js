/** The question box: grows with the text, sends on Enter, remembers what was asked. */
import { byId } from './element.js'

/**
 * @typedef {object} Composer
 * @property {(question: string) => void} suggest Puts a question into the box, to be edited.
 * @property {(running: boolean) => void} setRunning
 */

/**
 * @param {object} actions
 * @param {(question: string) => void} actions.onAsk
 * @param {() => void} actions.onStop
 * @returns {Composer}
 */
export function createComposer({ onAsk, onStop }) {
  const form = byId('composer')
  const box = /** @type {HTMLTextAreaElement} */ (byId('question'))
  const sendButton = byId('send')
  const stopButton = byId('stop')
  /** @type {string[]} */
  const asked = []
  let place = 0
  let running = false

  function grow() {
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
  }

  /** @param {string} text */
  function fill(text) {
    box.value = text
    box.setSelectionRange(text.length, text.length)
    grow()
  }

  function submit() {
    const question = box.value.trim()
    if (question === '' || running) return
    asked.push(question)
    place = asked.length
    fill('')
    onAsk(question)
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit()
    }
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    const untouched = box.value === '' || box.value === asked[place]
    if (step === 0 || !untouched || asked.length === 0) return
    event.preventDefault()
    place = Math.min(asked.length, Math.max(0, place + step))
    fill(asked[place] ?? '')
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  box.addEventListener('keydown', onKey)
  box.addEventListener('input', grow)
  stopButton.addEventListener('click', onStop)

  return {
    suggest(question) {
      fill(question)
      box.focus()
    },
    setRunning(now) {
      const focusWasOnStop = document.activeElement === stopButton
      running = now
      stopButton.hidden = !now
      sendButton.hidden = now
      if (focusWasOnStop && !now) box.focus()
    },
  }
}
