/** Joins the parts of the page. */
import { createComposer } from './composer.js'
import { createConversations } from './conversations.js'
import { createDatasetChooser } from './datasets.js'
import { byId } from './element.js'
import { createGeneratorChooser } from './generators.js'
import { watchHealth } from './notices.js'
import { startTurn } from './turn.js'

const newTopic = /** @type {HTMLInputElement} */ (byId('new-topic'))
const generator = createGeneratorChooser()
const composer = createComposer({ onAsk: askQuestion, onStop: () => running?.stop() })
const conversations = createConversations()
const datasets = createDatasetChooser({ onChoose: showConversation, onAsk: askQuestion })

/** @type {import('./turn.js').Turn | undefined} */
let running

/** A question under way belongs to the dataset that was left. */
function showConversation() {
  running?.stop()
  conversations.show(datasets.chosen())
}

/** @param {string} question */
async function askQuestion(question) {
  if (running) return
  const dataset = datasets.chosen()
  const conversation = conversations.of(dataset)
  const turn = startTurn(
    {
      message: question,
      generator: generator.chosen(),
      ...(dataset && { dataset }),
      ...(conversation.id && { conversation_id: conversation.id }),
      ...(newTopic.checked && { new_topic: true }),
    },
    { onAsk: askQuestion, onEdit: editQuestion },
  )
  running = turn
  newTopic.checked = false
  composer.setRunning(true)
  conversation.node.append(turn.section)
  conversations.show(dataset)
  turn.section.scrollIntoView({ block: 'start' })
  conversation.id = (await turn.finished) ?? conversation.id
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

void watchHealth()
byId('question').focus()
