/** What the phases of a run share where a model writes or judges: prompts, answers, the budget, and what may be told. */
import type { LanguageModel } from '../../../models/language-model.js'
import type { Catalog } from '../../catalog.js'
import type { Marks } from '../anonymise/column-marks.js'
import { hideAllValues, hideValues } from '../anonymise/hide-values.js'
import { type PairFileName, pairFilePath } from '../pair-file.js'
import type { PairWriter } from '../pair-writer.js'
import {
  type GeneratorSettings,
  isModelPhase,
  type ModelPhase,
  type PhaseSettings,
} from '../settings/generator-settings.js'
import { type AnswerJournal, journalPath, openAnswerJournal } from './answer-journal.js'
import { createModelCalls, type ModelCalls, type ModelCallsOptions } from './ask-models.js'
import { createBudget, type Usage } from './budget.js'
import { type Critic, createCritic } from './critic.js'
import { createModelWriter } from './model-writer.js'
import { type Prompt, readCriticPrompt, readPhasePrompt } from './prompt-template.js'
import type { CriticVariables, PhaseVariables } from './prompt-variables.js'

export interface ChosenModel {
  readonly model: LanguageModel
  /** Whether it is somewhere else than on this machine's own processor. */
  readonly isRemote: boolean
}

export interface WritingModels {
  /** Where the writer is a model. */
  readonly writer?: ChosenModel
  /** Where there is a critic. */
  readonly critic?: ChosenModel
}

/** What a phase tells of the database, and who asks it. */
export interface PhaseWriting {
  /** Without what may not be told. */
  readonly told: Catalog
  /** Whether questions may name stored values. */
  readonly namesValues: boolean
  /** Where a model writes the phase. */
  readonly writer?: PairWriter
  readonly critic?: Critic
}

export interface Writing {
  open(
    phase: PhaseSettings,
    surroundings: {
      readonly catalog: Catalog
      readonly marks: Marks
      readonly onSkipped: (reason: string) => void
    },
  ): PhaseWriting
  /** Of all runs that wrote into these files. */
  usage(): readonly Usage[]
}

export type OpenedWriting =
  | { readonly ok: true; readonly writing: Writing }
  | { readonly ok: false; readonly message: string }

export interface WritingOptions extends Omit<ModelCallsOptions, 'budget'> {
  readonly settings: GeneratorSettings
  readonly models: WritingModels
  readonly version?: string
  readonly shard?: PairFileName['shard']
}

/** Fails where a prompt cannot be used. */
export async function openWriting(options: WritingOptions): Promise<OpenedWriting> {
  const { settings, models, version, shard } = options
  const budget = createBudget(settings.budget)
  const calls = createModelCalls({ ...options, budget })
  const prompts = new Map<ModelPhase, Prompt<PhaseVariables>>()
  const journals = new Map<string, AnswerJournal>()
  const criticPrompt = await readCriticPrompt()
  if (!criticPrompt.ok) return { ok: false, message: criticPrompt.problem }
  const asksModels = models.writer !== undefined || models.critic !== undefined
  for (const { name, prompt_template, dataset_output_dir: folder } of settings.phases) {
    if (!asksModels || !isModelPhase(name)) continue
    const read = await readPhasePrompt(name, prompt_template)
    if (!read.ok) return { ok: false, message: read.problem }
    prompts.set(name, read.prompt)
    const path = pairFilePath(folder ?? settings.output_dir, { phase: name, version, shard })
    const journal = await openAnswerJournal(journalPath(path))
    for (const { model, input, output } of journal.entries) budget.add(model, { input, output }, 1)
    journals.set(name, journal)
  }
  return {
    ok: true,
    writing: {
      usage: budget.usage,
      open: (phase, { catalog, marks, onSkipped }) => {
        const told = toldTo(settings, phase, models, { catalog, marks })
        const [prompt, journal] = [prompts.get(phase.name as ModelPhase), journals.get(phase.name)]
        if (!prompt || !journal) return told
        const phaseParts = { settings, phase, models, calls, journal, ...told }
        const writer = openWriter({ ...phaseParts, prompt, onSkipped })
        const critic = openCritic({ ...phaseParts, prompt: criticPrompt.prompt })
        return { ...told, ...(writer && { writer }), ...(critic && { critic }) }
      },
    },
  }
}

interface PhaseParts {
  readonly settings: GeneratorSettings
  readonly phase: PhaseSettings
  readonly models: WritingModels
  readonly calls: ModelCalls
  readonly journal: AnswerJournal
  readonly told: Catalog
  readonly namesValues: boolean
}

/** Whatever a question names is told to the critic as well. */
function toldTo(
  { anonymise_questions: hidesMarked, schema_only: schemaOnly }: GeneratorSettings,
  { use_sample_rows: namesValues }: PhaseSettings,
  { writer, critic }: WritingModels,
  { catalog, marks }: { readonly catalog: Catalog; readonly marks: Marks },
): Pick<PhaseWriting, 'told' | 'namesValues'> {
  const leaves = writer?.isRemote === true || critic?.isRemote === true
  const told = hidesMarked || leaves ? hideValues(catalog, marks) : catalog
  return { told, namesValues: namesValues && !(leaves && schemaOnly) }
}

function openWriter(
  parts: PhaseParts & {
    readonly prompt: Prompt<PhaseVariables>
    readonly onSkipped: (reason: string) => void
  },
): PairWriter | undefined {
  const { settings, phase, models, told, namesValues, prompt, onSkipped } = parts
  if (!models.writer || !isModelPhase(phase.name)) return undefined
  return createModelWriter({
    phase: phase.name,
    catalog: namesValues ? told : hideAllValues(told),
    model: models.writer.model,
    calls: parts.calls,
    journal: parts.journal,
    prompt,
    seed: settings.seed,
    temperature: settings.model.temperature,
    maxTokens: settings.model.max_tokens,
    count: phase.api_answer_count,
    tellsValues: namesValues,
    ahead: phase.parallelism,
    onSkipped,
  })
}

function openCritic(
  parts: PhaseParts & { readonly prompt: Prompt<CriticVariables> },
): Critic | undefined {
  const { settings, models, told, namesValues, calls, journal, prompt } = parts
  if (!models.critic || !settings.critic) return undefined
  const { model = { ...settings.model, temperature: 0 }, repairs, least_score } = settings.critic
  return createCritic({
    catalog: namesValues ? told : hideAllValues(told),
    model: models.critic.model,
    calls,
    journal,
    prompt,
    temperature: model.temperature,
    maxTokens: model.max_tokens,
    repairs,
    leastScore: least_score,
    tellsValues: namesValues,
  })
}
