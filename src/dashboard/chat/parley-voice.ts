/** Speaking instead of typing, where the browser can listen. */
import { html, nothing } from 'lit'
import { define, ParleyElement } from '../parley-element.js'

/** What is used of https://webaudio.github.io/web-speech-api/#speechreco-section */
interface Recognition extends EventTarget {
  lang: string
  interimResults: boolean
  start(): void
  stop(): void
}

interface ResultEvent extends Event {
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>>
}

type RecognitionType = new () => Recognition

const names = ['SpeechRecognition', 'webkitSpeechRecognition'] as const

function recognitionType(): RecognitionType | undefined {
  const types = window as unknown as Partial<Record<(typeof names)[number], RecognitionType>>
  return types.SpeechRecognition ?? types.webkitSpeechRecognition
}

export class ParleyVoice extends ParleyElement {
  static override properties = { listening: { state: true } }
  declare listening: Recognition | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.listening?.stop()
  }

  protected override render() {
    if (!recognitionType()) return nothing
    const { voice } = this.context.words.composer
    const label = this.listening ? voice.stop : voice.start
    return html`<button
      type="button"
      class="button button-round"
      aria-label=${label}
      aria-pressed=${this.listening !== undefined}
      title="${label}. ${voice.note}"
      @click=${this.toggle}
    ><svg viewBox="0 0 16 16" aria-hidden="true">
      <rect x="6" y="1.5" width="4" height="8" rx="2"></rect>
      <path d="M3.5 7.5a4.5 4.5 0 0 0 9 0M8 12v2.5"></path>
    </svg></button>`
  }

  private toggle(): void {
    if (this.listening) this.listening.stop()
    else this.listen()
  }

  private listen(): void {
    const Type = recognitionType()
    if (!Type) return
    const recognition = new Type()
    recognition.lang = this.context.locale.tag
    recognition.interimResults = true
    recognition.addEventListener('result', (event) => this.hear(event as ResultEvent))
    recognition.addEventListener('end', () => {
      this.listening = undefined
    })
    this.listening = recognition
    recognition.start()
  }

  private hear({ results }: ResultEvent): void {
    const detail = Array.from(results, (result) => result[0]?.transcript ?? '').join('')
    this.dispatchEvent(new CustomEvent('parley-heard', { detail, bubbles: true }))
  }
}

define('parley-voice', ParleyVoice)
