/** What a stand-in waits for until the test lets it go on, instead of for some time. */
export interface Gate {
  readonly passed: Promise<void>
  open(): void
}

export function closedGate(): Gate {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open: () => open() }
}
