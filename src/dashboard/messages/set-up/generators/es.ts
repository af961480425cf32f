/** What the panel of the generators says, in Spanish. */
import type { GeneratorsWords } from './en.js'

export const generatorsPanelEs: GeneratorsWords = {
  used: 'Las preguntas las responde',
  states: { ready: 'Listo', loading: 'En camino', missing: 'No disponible', off: 'Sin configurar' },
  places: {
    machine: 'Su modelo funciona en esta máquina.',
    remote: 'Su modelo funciona en otro lugar.',
  },
  told: {
    values: 'Se le pueden decir valores guardados.',
    'schema-only': 'Se le dicen nombres y tipos, ningún valor guardado.',
  },
  usedToday: (tokens) => `${tokens} tokens usados hoy.`,
  compareHeading: 'Comparar dos con una pregunta',
  compareMeans:
    'Ambos responden a la vez, así que cada uno puede tardar más que solo. Nada de esto queda entre las conversaciones.',
  tooFew: 'Para esto hacen falta dos generadores listos.',
  question: 'Pregunta',
  sides: ['Primero', 'Segundo'],
  compare: 'Comparar',
  stop: 'Detener',
  sqlOf: (name) => `SQL: ${name}`,
  rowsOf: (name) => `Filas del resultado: ${name}`,
  differs: 'Las líneas marcadas no están en el otro SQL.',
  keep: 'Quedarse con este',
  keepThis: (name) => `Quedarse con este: ${name}`,
  kept: 'Aprobado: este SQL responde a la pregunta desde ahora.',
  forbidden:
    'Esta clave puede preguntar, pero no aprobar. Una clave con el permiso «curate» puede.',
  verdicts: {
    neither: 'Ninguno dio un resultado.',
    onlyOne: (name) => `Solo ${name} dio un resultado.`,
    equal: 'Ambos dan el mismo resultado.',
    reordered: 'Ambos dan las mismas filas, en otro orden.',
    columns: (left, right) =>
      `Los resultados difieren: el primero tiene ${left} columnas, el segundo ${right}.`,
    rows: (first, ours, second, theirs) =>
      `Los resultados difieren: ${ours} filas son solo de ${first}, ${theirs} solo de ${second}.`,
    partly: 'Solo se compararon las filas que se muestran.',
  },
}
