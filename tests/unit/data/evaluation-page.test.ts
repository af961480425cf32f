/** The report as a page: everything on it, nothing fetched, and no text of others taken for HTML. */
import { describe, expect, it } from 'vitest'
import { barPlot } from '../../../data/evaluation/bar-plot.js'
import type { EvaluatedItem } from '../../../data/evaluation/evaluated-item.js'
import { summarise } from '../../../data/evaluation/evaluation-report.js'
import { reportPage } from '../../../data/evaluation/report-page.js'
import { tallyOf } from '../../../data/evaluation/tally.js'

function item(id: string, changes: Partial<EvaluatedItem> = {}): EvaluatedItem {
  return {
    id,
    database: 'pets',
    question: 'How many pets?',
    intent: 'metric',
    expected: 'answer',
    verdict: 'right',
    score: { spider: true, bird: true },
    runs: true,
    reason: '',
    predictedSql: 'SELECT count(*) FROM pets',
    goldSql: 'SELECT count(*) FROM pets',
    hardness: 'easy',
    samples: 1,
    attempts: 1,
    bound: 1,
    elapsedMs: 120,
    ...changes,
  }
}

const wrong = item('2', {
  verdict: 'wrong',
  question: 'Pets <b>lighter</b> than "5" & fat?',
  score: { spider: false, bird: false },
  errorKind: 'wrong_column',
  predictedSql: '<script>alert(1)</script>',
  hardness: 'extra',
  samples: 9,
  elapsedMs: 900,
})

const all = [
  item('1', { database: 'big_pets' }),
  wrong,
  item('3', { verdict: 'false_answer', expected: 'refusal', goldSql: undefined }),
]
const pageOf = (items: readonly EvaluatedItem[], facts = {}) =>
  reportPage({ generator: 'local', ...facts }, summarise(items), items)

describe('the page', () => {
  it('shows how the run was made, and leaves out what is not known', () => {
    const page = pageOf(all, { commit: 'abc1234', parameters: 268_098_176, levers: undefined })
    expect(page).toContain('<dt>commit</dt><dd>abc1234</dd>')
    expect(page).toContain('<dt>parameters</dt><dd>268098176</dd>')
    expect(page).not.toContain('levers')
  })

  it('tells times, texts of the model and shares with their counts', () => {
    const page = pageOf(all)
    expect(page).toContain('p50 120 ms, p95 900 ms')
    expect(page).toContain('3.7 for each of 3 questions')
    expect(page).toMatch(/false answers<\/text>.*?100\.0 % \(1 of 1\)/)
    expect(page).toMatch(/>easy<\/text>.*?100\.0 % \(1 of 1\).*?>extra<\/text>.*?0\.0 % \(0 of 1\)/)
    expect(page).toMatch(/>big_pets<\/text>.*?100\.0 % \(1 of 1\)/)
    expect(page).toMatch(/wrong column<\/text>.*?50\.0 % \(1 of 2\)/)
    expect(page).toMatch(/within 0\.25 s<\/text>.*?66\.7 % \(2 of 3\)/)
  })

  it('lists wrong answers with both SQL, and shows what others wrote as text', () => {
    const page = pageOf(all)
    expect(page).toContain('Wrong answers: 2')
    expect(page).toContain('Pets &lt;b&gt;lighter&lt;/b&gt; than &quot;5&quot; &amp; fat?')
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toContain('<script')
  })

  it('fetches nothing', () => {
    expect(pageOf(all)).not.toMatch(/src=|href=|url\(|@import|https?:/)
  })

  it('draws no plot for what was not measured', () => {
    const page = pageOf([item('1', { samples: undefined })])
    for (const title of ['Charts', 'Gold tables', 'By database', 'test-suite', 'Wrong answers']) {
      expect(page).not.toContain(title)
    }
    expect(page).not.toContain('texts of the model')
    expect(() => pageOf([])).not.toThrow()
  })
})

describe('a bar', () => {
  it('is as long as its share, with a whisker over the interval', () => {
    const plot = barPlot('Right', { 'by <rule>': tallyOf(50, 100) })
    expect(plot).toContain('class="share" x="250" y="5" width="210.0"')
    expect(plot).toContain('d="M419.6 8V16M419.6 12H500.4M500.4 8V16"')
    expect(plot).toContain('by &lt;rule&gt;')
    expect(plot).toContain('50.0 % (50 of 100)')
    expect(barPlot('Right', {})).toBe('')
  })
})
