/** A file that is dropped where nothing takes it would take the page's own place: it is let fall instead. */

export function letFilesFall(event: DragEvent): void {
  const isFile = event.dataTransfer?.types.includes('Files')
  if (!isFile || event.defaultPrevented) return
  event.preventDefault()
  if (event.dataTransfer) event.dataTransfer.dropEffect = 'none'
}
