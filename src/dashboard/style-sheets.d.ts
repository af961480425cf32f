/** Style sheets are bundled as their text. */
declare module '*.css' {
  const text: string
  // biome-ignore lint/style/noDefaultExport: that is how the bundler hands over a text
  export default text
}
