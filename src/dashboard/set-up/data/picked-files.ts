/** The files that somebody dropped or chose, those of folders among them. */
import type { PickedFile } from './plan-deliveries.js'

/** More than the service takes at once, so that it is the one who says so. */
const maxFiles = 1_000

/** Of a field; a folder's files tell their path. */
export function chosenFiles(files: Iterable<File>): readonly PickedFile[] {
  return [...files].map((file) => {
    const [folder = '', ...rest] = file.webkitRelativePath.split('/')
    return { file, folder: rest.length > 0 ? folder : '' }
  })
}

/** To be called while the drop is being told of: what was dropped is gone afterwards. */
export async function droppedFiles({ items }: DataTransfer): Promise<readonly PickedFile[]> {
  const dropped = [...items].map((item) => ({
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }))
  const picked: PickedFile[] = []
  for (const { entry, file } of dropped) {
    if (entry?.isDirectory) await readFolder(entry, entry.name, picked)
    else if (file) picked.push({ file, folder: '' })
  }
  return picked
}

/** A file that cannot be read is as good as not there. */
async function readFolder(entry: FileSystemEntry, folder: string, picked: PickedFile[]) {
  if (picked.length >= maxFiles) return
  if (isFile(entry)) {
    const file = await new Promise<File>((...told) => entry.file(...told)).catch(() => undefined)
    if (file) picked.push({ file, folder })
    return
  }
  for (const inside of await entriesOf(entry as FileSystemDirectoryEntry)) {
    await readFolder(inside, folder, picked)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

/** Browsers hand out a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((...told) =>
      reader.readEntries(...told),
    ).catch(() => [])
    if (some.length === 0) return entries
    entries.push(...some)
  }
}
