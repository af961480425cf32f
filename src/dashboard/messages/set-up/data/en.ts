/** What the panel of the datasets says, in English. */

export const dataPanelEn = {
  own: 'Your data',
  demos: 'Demos',
  states: {
    open: 'Ready',
    opening: 'Opening',
    closed: 'Opens when it is first asked',
    failed: 'Failed',
  },
  ask: (title: string) => `Ask about ${title}`,
}
