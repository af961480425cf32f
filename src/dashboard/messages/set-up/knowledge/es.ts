/** What the panel of documents, terms and approved SQL says, in Spanish. */
import type { KnowledgeWords } from './en.js'

export const knowledgePanelEs: KnowledgeWords = {
  kinds: 'Tipos de conocimiento',
  names: { documents: 'Documentos', terms: 'Términos', pairs: 'SQL aprobado' },
  purposes: {
    documents:
      'Textos sobre los datos, por ejemplo cómo se calcula una cifra. Ayudan a encontrar las tablas que nombran.',
    terms:
      'Palabras del negocio y lo que significa cada una: se entienden en las preguntas desde entonces.',
    pairs: 'SQL que responde a su pregunta siempre que se hace, antes que nada más.',
  },
  search: {
    documents: 'Buscar documentos',
    terms: 'Buscar términos',
    pairs: 'Buscar preguntas y SQL',
  },
  add: {
    documents: 'Añadir un documento',
    terms: 'Añadir un término',
    pairs: 'Añadir una pregunta',
  },
  none: {
    documents: 'Aún no hay documentos.',
    terms:
      'Aún no hay términos. ¿El negocio dice «ingresos netos» donde los datos tienen una columna? Añádalo.',
    pairs: 'Aún no hay nada aprobado. Apruebe el SQL de una respuesta o escríbalo aquí.',
  },
  noneFound: 'Nada contiene estas palabras.',
  reading: 'Leyendo …',
  more: 'Mostrar más',
  edit: (title) => `Editar «${title}»`,
  editShort: 'Editar',
  editing: (title) => `Cambiar «${title}»`,
  remove: (title) => `Eliminar «${title}»`,
  removeShort: 'Eliminar',
  removeHeading: {
    documents: '¿Eliminar este documento?',
    terms: '¿Eliminar este término?',
    pairs: '¿Eliminar este SQL aprobado?',
  },
  removeWarning: (title) => `«${title}» ya no se usará en las respuestas. No se puede deshacer.`,
  cancel: 'Cancelar',
  save: 'Guardar',
  by: (key) => `por la clave ${key}`,
  own: 'solo para usted',
  also: (synonyms) => `También: ${synonyms}`,
  sqlOf: (question) => `SQL: ${question}`,
  forbidden:
    'Esta clave puede preguntar, pero no cambiar el conocimiento. Una clave con el permiso «curate» puede.',
  meanings: {
    expression: 'un cálculo',
    column: 'una columna',
    value: 'un valor de una columna',
  },
  fields: {
    title: 'Título',
    text: 'Texto',
    textHint: 'Nombre las tablas y columnas de las que trata.',
    term: 'Término',
    synonyms: 'Otras palabras para lo mismo',
    synonymsHint: 'Separadas por comas; puede quedar vacío.',
    table: 'Tabla',
    meaning: 'Significa',
    column: 'Columna',
    value: 'Valor',
    expression: 'Cálculo',
    expressionHint: 'SQL sobre columnas de la tabla, como sum(amount).',
    question: 'Pregunta',
    questionHint: 'El SQL de abajo responde a las preguntas iguales, se escriban como se escriban.',
    sql: 'SQL',
    sqlHint: 'Un SELECT. Se comprueba con los datos antes de guardarse.',
    shared: 'Para todos',
  },
  export: 'Guardar como archivo',
  import: 'Leer un archivo',
  drop: 'o suéltelo aquí',
  saved: (name) => `${name} guardado.`,
  tooLarge: 'El archivo ocupa más de 10 MB.',
  taken: (name, counts) => `Tomado de ${name}: ${counts}.`,
  nothingTaken: (name) => `No hay nada que tomar en ${name}.`,
  counts: {
    docs: (count, isOne) => `${count} ${isOne ? 'documento' : 'documentos'}`,
    terms: (count, isOne) => `${count} ${isOne ? 'término' : 'términos'}`,
    sqlPairs: (count, isOne) => `${count} ${isOne ? 'pregunta aprobada' : 'preguntas aprobadas'}`,
    descriptions: (count, isOne) => `${count} ${isOne ? 'descripción' : 'descripciones'}`,
  },
}
