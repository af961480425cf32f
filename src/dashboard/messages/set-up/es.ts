/** What the page says around the panels of the set-up, in Spanish. */
import type { setUpEn } from './en.js'

export const setUpEs: typeof setUpEn = {
  panels: 'Configurar',
  names: {
    data: 'Datos',
    schema: 'Esquema',
    knowledge: 'Conocimiento',
    generators: 'Generadores',
    models: 'Modelos',
    reports: 'Informes',
  },
  purposes: {
    data: 'Sobre qué puede preguntar a Parley: archivos y bases de datos propios, y los ejemplos.',
    schema:
      'Tablas y columnas de los datos elegidos. Lo que escriba sobre ellas ayuda a encontrarlas.',
    knowledge: 'Lo que Parley debe saber además de los datos: documentos, términos y SQL aprobado.',
    generators: 'Qué escribe el SQL, si está listo, y dos de ellos lado a lado.',
    models: 'El modelo local, los adaptadores que puede tener y cuál está en uso.',
    reports:
      'Con qué frecuencia acierta y cómo fue el entrenamiento: evaluaciones y entrenamientos en imágenes.',
  },
  notLoaded: 'No se pudo cargar este panel.',
  again: 'Intentar de nuevo',
}
