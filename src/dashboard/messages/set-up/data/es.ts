/** What the panel of the datasets says, in Spanish. */
import type { dataPanelEn } from './en.js'

export const dataPanelEs: typeof dataPanelEn = {
  own: 'Sus datos',
  demos: 'Ejemplos',
  states: {
    open: 'Listo',
    opening: 'Abriendo',
    closed: 'Se abre con la primera pregunta',
    failed: 'Falló',
  },
  ask: (title) => `Preguntar sobre ${title}`,
}
