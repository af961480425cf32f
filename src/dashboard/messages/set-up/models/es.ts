/** What the panel of the models says, in Spanish. */
import type { modelsPanelEn } from './en.js'

export const modelsPanelEs: typeof modelsPanelEn = {
  inUse: 'En uso',
  base: 'Modelo base',
  baseAlone: 'El modelo base solo',
  baseAloneNote:
    'Sin adaptador, el modelo escribe SQL que se ejecuta pero casi siempre responde otra cosa. Entonces «auto» solo pregunta a las reglas.',
  reasons: {
    setting: 'Lo dice el ajuste PARLEY_ADAPTER.',
    chosen: 'Fue elegido.',
    best: 'De los adaptadores que encajan, tiene el mejor resultado.',
    bestNone: 'Ningún adaptador medido encaja con este modelo base.',
  },
  fixed:
    'PARLEY_ADAPTER decide qué adaptador se usa. Para elegir aquí, quítelo e inicie Parley de nuevo.',
  fingerprint: 'Huella',
  loading:
    'El modelo local todavía se está descargando o cargando. Mientras tanto responden las reglas.',
  missing: 'El modelo local no está en uso',
  refresh: 'Mirar de nuevo',
  rollBack: (name) => `Volver a: ${name}`,
  auto: 'el mejor resultado',
  letChoose: 'Usar el mejor resultado',
  adapters: 'Adaptadores',
  activate: 'Activar',
  activating: 'Cargando …',
  activated: (name) => `En uso desde la próxima pregunta: ${name}.`,
  of: (action, name) => `${action}: ${name}`,
  states: {
    active: 'En uso',
    foreign: 'Para otro modelo',
    missing: 'Falta el archivo',
  },
  foreignNote: (base) => `Se entrenó sobre ${base}. Con otros pesos escribiría cosas sin sentido.`,
  missingNote: (file) => `${file} no está junto a su descripción.`,
  score: 'Resultado',
  notMeasured: 'Sin medir: solo se usa si se elige',
  facts: {
    origin: 'De',
    size: 'Tamaño',
    exported: 'Exportado',
    dataSets: 'Entrenado con',
    steps: 'Pasos',
    startedFrom: 'Empezó con',
    validation: 'Validación',
    sha256: 'SHA-256',
  },
  origins: { shipped: 'Parley', own: 'PARLEY_HOME/adapters' },
  validated: (loss, exact) => `pérdida ${loss}, ${exact} escrito exactamente`,
  training: 'Cómo se entrenó',
  notice: 'Condiciones y créditos',
  own: 'Adaptadores propios',
  ownNone: 'Todavía ninguno. Estas órdenes hacen uno con preguntas sobre sus datos:',
  ownMore: 'Estas órdenes hacen otro:',
  scratch: 'Modelos desde cero',
  scratchNote:
    'Se entrenaron sin modelo base y no llevan adaptador. El generador «Modelo desde cero» escribe con el mejor de ellos.',
  scratchNotMeasured: 'Sin medir',
  merged: 'Modelos fusionados',
  mergedNote:
    'Un modelo base y un adaptador en un archivo. PARLEY_MODEL=ARCHIVO lo usa desde el próximo inicio.',
  problems: 'Omitidos',
}
