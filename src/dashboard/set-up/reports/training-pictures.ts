/** The curves of a training run. */
import type { TrainingDetail } from '../../../reports/training-log.js'
import type { Context } from '../../context.js'
import { curveFigure } from './curve-figure.js'
import type { Picture } from './picture.js'
import { reportWords, shareText } from './report-words.js'

/** Rows of a table beside a curve of many more points. */
const maxRows = 50

export function trainingPictures(detail: TrainingDetail, context: Context): readonly Picture[] {
  if (detail.points.length === 0) return []
  const exact = detail.validations.length > 0 ? [exactPicture(detail, context)] : []
  return [
    lossPicture(detail, context),
    ...exact,
    ratePicture(detail, context),
    speedPicture(detail, context),
  ]
}

function lossPicture({ points, validations }: TrainingDetail, context: Context): Picture {
  const words = reportWords(context)
  const validated = {
    name: words.validated,
    x: validations.map(({ step }) => step),
    y: validations.map(({ loss }) => loss),
    isMarked: true,
  }
  const trained = {
    name: words.trained,
    x: points.map(({ step }) => step),
    y: points.map(({ loss }) => loss),
  }
  const losses = new Map(validations.map(({ step, loss }) => [step, loss]))
  const write = (loss: number | undefined) =>
    loss === undefined ? '' : context.locale.number(loss, { maximumFractionDigits: 4 })
  const isKept = (step: number) => losses.has(step)
  const rows = spread(points, isKept).map(({ step, loss }) => [
    context.locale.number(step),
    write(loss),
    write(losses.get(step)),
  ])
  return {
    title: words.loss,
    figure: curveFigure(validations.length > 0 ? [trained, validated] : [trained], {
      title: words.loss,
      x: words.step,
      y: words.lossAxis,
      fromZero: true,
    }),
    head: [words.step, words.trained, words.validated],
    rows,
    note: noteOf(rows.length, points.length, context),
  }
}

function exactPicture({ validations }: TrainingDetail, context: Context): Picture {
  const words = reportWords(context)
  const curve = {
    name: words.exactColumn,
    x: validations.map(({ step }) => step),
    y: validations.map(({ exact }) => exact),
    isMarked: true,
  }
  return {
    title: words.exact,
    figure: curveFigure([curve], {
      title: words.exact,
      x: words.step,
      y: words.exactColumn,
      isShare: true,
    }),
    head: [words.step, words.exactColumn],
    rows: spread(validations).map(({ step, exact }) => [
      context.locale.number(step),
      shareText(exact, context),
    ]),
  }
}

function ratePicture({ points }: TrainingDetail, context: Context): Picture {
  const words = reportWords(context)
  const write = { maximumSignificantDigits: 3 } as const
  return pointPicture(words.rate, points, ({ learningRate }) => learningRate, write, context)
}

function speedPicture({ points }: TrainingDetail, context: Context): Picture {
  const words = reportWords(context)
  const timed = points.filter(({ seconds }) => seconds > 0)
  const write = { maximumFractionDigits: 0 } as const
  return pointPicture(words.speed, timed, ({ tokens, seconds }) => tokens / seconds, write, context)
}

type Point = TrainingDetail['points'][number]

function pointPicture(
  title: string,
  points: readonly Point[],
  read: (point: Point) => number,
  write: Intl.NumberFormatOptions,
  context: Context,
): Picture {
  const words = reportWords(context)
  const curve = { name: title, x: points.map(({ step }) => step), y: points.map(read) }
  const rows = spread(points).map((point) => [
    context.locale.number(point.step),
    context.locale.number(read(point), write),
  ])
  return {
    title,
    figure: curveFigure([curve], {
      title,
      x: words.step,
      y: title,
      fromZero: true,
      isTiny: title === words.rate,
    }),
    head: [words.step, title],
    rows,
    note: noteOf(rows.length, points.length, context),
  }
}

/** Evenly chosen ones, the first and the last among them, and those that must be there. */
function spread<Each extends { readonly step: number }>(
  points: readonly Each[],
  isKept: (step: number) => boolean = () => false,
): readonly Each[] {
  const every = Math.ceil(points.length / maxRows)
  const last = points.length - 1
  return points.filter(({ step }, at) => at % every === 0 || at === last || isKept(step))
}

function noteOf(shown: number, all: number, context: Context): string {
  const { locale } = context
  return shown === all ? '' : reportWords(context).sampled(locale.number(shown), locale.number(all))
}
