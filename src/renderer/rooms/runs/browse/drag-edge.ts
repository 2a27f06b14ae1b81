/** A column's edge under a pointer: `resize` hears how far it went, until the pointer is let go or taken away. */
export function dragEdge(
  { currentTarget, clientX: begun, pointerId }: PointerEvent,
  resize: (by: number) => void,
): void {
  const handle = currentTarget as HTMLElement
  handle.setPointerCapture(pointerId)
  handle.onpointermove = ({ clientX }) => resize(clientX - begun)
  handle.onlostpointercapture = () => (handle.onpointermove = null)
}
