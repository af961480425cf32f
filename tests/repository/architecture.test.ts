/** The rules of the rooms, read from the files themselves. */
import { dirname, posix } from 'node:path'
import { expect, it } from 'vitest'
import { roomFiles, rooms, type SourceFile, sourceFiles } from '../support/source-files.js'

const maxLines = 250
const importPattern = /(?:from|import)\s*\(?\s*'([^']+)'/g

const code = roomFiles()
const page = sourceFiles('src/dashboard', ['.ts', '.mjs'])
const everything = [...rooms, 'tests', '.ci'].flatMap((folder) => sourceFiles(folder, ['']))

function importsOf({ text }: SourceFile): readonly string[] {
  return [...text.matchAll(importPattern)].map(([, name = '']) => name)
}

/** The project's own files that `file` imports, as paths from the top. */
function ownImportsOf(file: SourceFile): readonly string[] {
  return importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(dirname(file.path), name))
}

function roomOf(path: string): number {
  return rooms.findIndex((room) => path.startsWith(`${room}/`))
}

function pathsWhere(
  files: readonly SourceFile[],
  test: (file: SourceFile) => boolean,
): readonly string[] {
  return files.filter(test).map(({ path }) => path)
}

it('reads enough files and imports for the rules below to mean something', () => {
  expect(code.length).toBeGreaterThan(150)
  expect(code.flatMap(ownImportsOf).length).toBeGreaterThan(300)
  expect(page.flatMap(importsOf).length).toBeGreaterThan(20)
})

it('imports only rightward: src, agents, rag, data, models', () => {
  const leftward = code.flatMap((file) =>
    ownImportsOf(file)
      .filter((target) => roomOf(target) < roomOf(file.path))
      .map((target) => `${file.path} imports ${target}`),
  )
  expect(leftward).toEqual([])
})

it('has no files that need each other in a circle while they load', () => {
  const byPath = new Map(
    code.map(({ path, text }) => {
      return [path.replace(/\.ts$/, '.js'), ownImportsOf({ path, text: withoutTypes(text) })]
    }),
  )
  const finished = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    if (finished.has(path)) return
    for (const target of byPath.get(path) ?? []) visit(target, [...trail, path])
    finished.add(path)
  }
  for (const path of byPath.keys()) visit(path, [])
  expect(circles).toEqual([])
})

it('keeps what the page runs to scripts and styles of its own folder, and Lit', () => {
  const scripts = page.filter(({ path }) => path.endsWith('.ts'))
  const foreign = scripts.flatMap((file) =>
    importsOf({ ...file, text: withoutTypes(withoutComments(file.text)) })
      .filter((name) => !/^lit(\/|$)/.test(name))
      .map((name) => posix.join(dirname(file.path), name))
      .filter((target) => !target.startsWith('src/dashboard/'))
      .map((target) => `${file.path} imports ${target}`),
  )
  expect(foreign).toEqual([])
  expect(
    scripts.flatMap(ownImportsOf).filter((target) => target.startsWith('src/')).length,
  ).toBeGreaterThan(50)
})

it('makes nothing but text of what the page is given', () => {
  const markup =
    /unsafe(HTML|SVG|Static|CSS)|(inner|outer)HTML|insertAdjacentHTML|document\.write|srcdoc|setHTMLUnsafe|parseFromString|createContextualFragment|\beval\(|new Function/i
  expect(pathsWhere(page, ({ text }) => markup.test(withoutComments(text)))).toEqual([])
})

it('reads the environment in one file and the command line in another', () => {
  const statements = code.map((file) => ({ ...file, text: withoutComments(file.text) }))
  expect(pathsWhere(statements, ({ text }) => text.includes('process.env'))).toEqual([
    'src/config.ts',
  ])
  expect(
    pathsWhere(statements, ({ text }) => /process\.(argv|exit\b|exitCode)/.test(text)),
  ).toEqual(['src/cli.ts'])
})

function withoutTypes(text: string): string {
  return text.replace(/^import type [^;]*? from '.*'$/gm, '')
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

it('has no class that is neither an error nor closes something', () => {
  const classes = code.filter(({ text }) => /^(export )?(abstract )?class /m.test(text))
  const withoutReason = ({ text }: SourceFile) =>
    !/class \w+ extends \w*(Error|Store|Element)\b/.test(text) &&
    !/^ {2}(async )?close\(/m.test(text)
  expect(pathsWhere(classes, withoutReason)).toEqual([])
})

it(`has no file of more than ${maxLines} lines`, () => {
  const long = [...code, ...sourceFiles('src/dashboard', ['.mjs', '.css', '.html'])]
  expect(pathsWhere(long, ({ text }) => text.split('\n').length - 1 > maxLines)).toEqual([])
})

it('names files in kebab-case after what they hold', () => {
  const named = pathsWhere(code, ({ path }) => !/^[a-z0-9-]+(\/[a-z0-9-]+)*(\.d)?\.ts$/.test(path))
  const vague = pathsWhere(code, ({ path }) =>
    /(^|\/)(utils?|helpers?|types?|commons?|misc)\.ts$/.test(path),
  )
  expect([...named, ...vague]).toEqual([])
})

it('opens each file with what it is for', () => {
  const silent = ({ text }: SourceFile) => !/^(#!.*\n)?\/\*\*(\n \*)? \S/.test(text)
  expect(pathsWhere([...code, ...sourceFiles('src', ['.mjs'])], silent)).toEqual([])
})

it('names no package registry and no folder of a particular machine', () => {
  // Written in pieces, so that this file does not name what it looks for.
  const registries = ['registry.' + 'npmjs', 'npmjs.' + 'org', 'pypi.' + 'org', 'python' + 'hosted']
  const folders = /['"`\s(](\/home\/(?!node\/)|\/work\/|\/root\/|\/Users\/)/
  const naming = ({ text }: SourceFile) =>
    registries.some((host) => text.includes(host)) || folders.test(text)
  expect(pathsWhere(everything, naming)).toEqual([])
})
