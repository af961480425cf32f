/** What the panel of the datasets says, in Spanish. */
import type { dataPanelEn } from './en.js'

export const dataPanelEs: typeof dataPanelEn = {
  cannotAdd: 'Aquí no se puede añadir nada',
  cannotAddWhy:
    'Unas reglas deciden quién ve qué filas de los datos de este servicio, y no conocen otros datos. Para preguntar sobre datos propios, inicie un servicio con ellos.',
  add: 'Añadir datos',
  files: 'Archivos',
  drop: 'Suelte aquí archivos o una carpeta',
  chooseFiles: 'Elegir archivos',
  chooseFolder: 'Elegir una carpeta',
  kinds: (tables, databases, most) =>
    `${tables}: un conjunto entre todos. ${databases}: uno cada uno. Como máximo ${most}.`,
  leftOut: (names) => `Omitidos, porque Parley no puede leerlos: ${names}.`,
  nothingReadable: 'Ninguno de estos archivos es de un tipo que Parley pueda leer.',
  tooLarge: (bytes, most) =>
    `Estos archivos suman ${bytes}, y se pueden añadir como máximo ${most} a la vez. Quite algunos, o aumente PARLEY_UPLOAD donde se inicia el servicio.`,
  andMore: (title, count) => `${title} y ${count} más`,
  waiting: 'Espera a los archivos anteriores',
  sending: (sent, bytes, share) => `Enviados ${sent} de ${bytes}, ${share}`,
  arriving: 'Enviado; el servicio lo pone en su sitio',
  stop: 'Detener',
  again: 'Intentar de nuevo',
  dismiss: 'Descartar',
  connection: 'Servidor de base de datos',
  connectionNote:
    'Parley solo lee: dele un rol que no pueda hacer más. La contraseña va al servicio y no se vuelve a mostrar.',
  sparkNote:
    'Parley solo lee, pero Spark no puede obligarlo: dele un servidor por el que nadie pueda cambiar los datos. El token va al servicio y no se vuelve a mostrar.',
  kind: 'Tipo',
  host: 'Host, o la dirección completa',
  port: 'Puerto',
  database: 'Base de datos',
  user: 'Usuario',
  password: 'Contraseña',
  token: 'Token',
  title: 'Nombre en la lista',
  optional: 'opcional',
  mustEncrypt: 'Conectar solo con TLS',
  connect: 'Conectar',
  connecting: 'Conectando …',
  own: 'Sus datos',
  demos: 'Ejemplos',
  origins: {
    given: 'Con lo que se inició el servicio',
    files: 'Archivos',
    connection: 'Servidor',
  },
  states: {
    open: 'Listo',
    opening: 'Abriendo …',
    closed: 'Se abre con la primera pregunta',
    failed: 'No se pudo abrir',
  },
  indexing: (share) => `Listo; se llena su índice de búsqueda: ${share}`,
  chosen: 'Elegido',
  isReady: (title) => `${title} está listo.`,
  askNow: (title) => `Preguntar sobre ${title}`,
  ask: 'Preguntar',
  schema: 'Tablas',
  remove: 'Quitar',
  of: (action, title) => `${action}: ${title}`,
  removeHeading: (title) => `¿Quitar «${title}»?`,
  removeFiles: 'Los archivos enviados se borran del servicio. Esto no se puede deshacer.',
  removeConnection:
    'Parley olvida la dirección y su contraseña. La base de datos se queda como está.',
}
