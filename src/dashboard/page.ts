/** The script of the page that the service shows. */
import './page/parley-page.js'
