/** The product itself on one source, as the evaluation asks it, and the judge of its answers. */
import type { GeneratorName } from '../../agents/answer.js'
import type { EvaluatedSource, OpenedSource } from '../../data/evaluation/evaluate-questions.js'
import { createOrchestrator, SetUpError } from '../index.js'
import type { Models } from '../open-models.js'
import type { Orchestrator } from '../orchestrator.js'
import type { CommandContext } from './command-context.js'
import { type JudgeSettings, openJudge } from './open-judge.js'

export interface AskSettings {
  readonly generator: GeneratorName
  readonly withEvidence: boolean
  readonly models: Models
}

/** A source that cannot be opened is a value: its questions are told, and the others go on. */
export async function openEvaluatedSource(
  source: string | undefined,
  asking: AskSettings,
  judging: JudgeSettings,
  { config, signal }: Pick<CommandContext, 'config' | 'signal'>,
): Promise<OpenedSource> {
  try {
    const { judge, close } = await openJudge(source, config.home, judging, signal)
    const { models, generator } = asking
    const orchestrator = await createOrchestrator({
      ...config,
      source,
      models,
      waitFor: generator === 'rules' ? 'index' : 'model',
    }).catch(async (error: unknown) => {
      await close()
      throw error
    })
    const ask = askThrough(orchestrator, asking, signal)
    const closeBoth = async () => {
      await orchestrator.close()
      await close()
    }
    return { ok: true, source: { ask, judge, close: closeBoth } }
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    return { ok: false, message: error.message }
  }
}

/** The same call as every other door's. */
export function askThrough(
  orchestrator: Pick<Orchestrator, 'process'>,
  { generator, withEvidence }: Omit<AskSettings, 'models'>,
  signal: AbortSignal,
): EvaluatedSource['ask'] {
  return (question, conversationId) =>
    orchestrator.process(wordsOf(question, withEvidence), {
      conversationId,
      generator,
      // A signal of its own for each question: listeners would pile up on the long-lived one.
      signal: AbortSignal.any([signal]),
    })
}

/** Evidence stands in brackets behind the question, as somebody would type it who knows the data. */
function wordsOf(
  { question, evidence }: { readonly question: string; readonly evidence?: string },
  withEvidence: boolean,
): string {
  return withEvidence && evidence ? `${question} (${evidence})` : question
}
