/** Joins the parts of the page. */
import { getJson } from './api.js'
import { createComposer } from './composer.js'
import { byId } from './element.js'
import { createGeneratorChooser } from './generators.js'
import { watchHealth } from './notices.js'
import { questionChips } from './question-chips.js'
import { startTurn } from './turn.js'

const newTopic = /** @type {HTMLInputElement} */ (byId('new-topic'))
const generator = createGeneratorChooser()
const composer = createComposer({ onAsk: askQuestion, onStop: () => running?.stop() })

/** @type {string | undefined} */
let conversationId
/** @type {import('./turn.js').Turn | undefined} */
let running

/** @param {string} question */
async function askQuestion(question) {
  if (running) return
  byId('welcome').hidden = true
  const turn = startTurn(
    {
      message: question,
      generator: generator.chosen(),
      ...(conversationId && { conversation_id: conversationId }),
      ...(newTopic.checked && { new_topic: true }),
    },
    { onAsk: askQuestion, onEdit: editQuestion },
  )
  running = turn
  newTopic.checked = false
  composer.setRunning(true)
  byId('conversation').append(turn.section)
  turn.section.scrollIntoView({ block: 'start' })
  conversationId = (await turn.finished) ?? conversationId
  running = undefined
  composer.setRunning(false)
}

/**
 * A rewritten question stands alone, so the edited form does too.
 * @param {string} question
 */
function editQuestion(question) {
  newTopic.checked = true
  composer.suggest(question)
}

async function showSuggestions() {
  const { suggestions } = await getJson('/api/v1/suggestions')
  byId('suggested').replaceChildren(...questionChips(suggestions, askQuestion))
}

void watchHealth()
showSuggestions().catch(() => undefined)
byId('question').focus()
