/**
 * What src/engine/kernels/assembly exports and src/engine/kernels/scalar twins; parameters are described there: pointers and
 * strides in bytes, then counts.
 */
export interface KernelFunctions {
  readonly product: (
    m: number,
    n: number,
    k: number,
    a: number,
    ars: number,
    aks: number,
    b: number,
    bks: number,
    bps: number,
    s: number,
    srs: number,
    sps: number,
    c: number,
    crs: number,
    cps: number,
  ) => void
  readonly transposePanels: (target: number, source: number, k: number, n: number) => void
  readonly add: (target: number, a: number, b: number, n: number) => void
  readonly multiply: (target: number, a: number, b: number, n: number) => void
  readonly gather: (
    target: number,
    stride: number,
    table: number,
    tableStride: number,
    ids: number,
    row: number,
    m: number,
    n: number,
  ) => void
  readonly scatter: (
    table: number,
    tableStride: number,
    source: number,
    stride: number,
    ids: number,
    m: number,
    n: number,
  ) => void
  readonly addRows: (target: number, source: number, stride: number, m: number, n: number) => void
  readonly vanillaForward: (gates: number, hidden: number, n: number) => void
  readonly vanillaBackward: (grad: number, hidden: number, n: number) => void
  readonly lstmForward: (
    gates: number,
    gateStride: number,
    before: number,
    cell: number,
    inner: number,
    hidden: number,
    stride: number,
    b: number,
    hp: number,
  ) => void
  readonly lstmBackward: (
    gates: number,
    gateStride: number,
    gradHidden: number,
    gradCell: number,
    before: number,
    inner: number,
    stride: number,
    b: number,
    hp: number,
  ) => void
  readonly gruForward: (
    gates: number,
    gateStride: number,
    recurrent: number,
    recurrentStride: number,
    before: number,
    inner: number,
    hidden: number,
    stride: number,
    b: number,
    hp: number,
  ) => void
  readonly gruBackward: (
    gates: number,
    gateStride: number,
    gradHidden: number,
    carry: number,
    before: number,
    inner: number,
    stride: number,
    b: number,
    hp: number,
  ) => void
  readonly softmaxCrossEntropy: (
    logits: number,
    stride: number,
    targets: number,
    m: number,
    v: number,
    scale: number,
  ) => number
  readonly sumOfSquares: (values: number, n: number) => number
  readonly sgd: (values: number, gradients: number, n: number, scale: number, rate: number) => void
  readonly momentum: (
    values: number,
    gradients: number,
    velocity: number,
    n: number,
    scale: number,
    rate: number,
    keep: number,
  ) => void
  readonly rmsprop: (
    values: number,
    gradients: number,
    square: number,
    n: number,
    scale: number,
    rate: number,
    keep: number,
    take: number,
  ) => void
  readonly adam: (
    values: number,
    gradients: number,
    first: number,
    second: number,
    n: number,
    scale: number,
    stepSize: number,
    epsilon: number,
    keep: number,
  ) => void
  readonly gatherWindow: (
    target: number,
    stride: number,
    table: number,
    tableStride: number,
    ids: number,
    row: number,
    m: number,
    n: number,
    b: number,
    k: number,
    v: number,
  ) => void
  readonly scatterWindow: (
    table: number,
    tableStride: number,
    source: number,
    stride: number,
    ids: number,
    m: number,
    n: number,
    b: number,
    k: number,
    v: number,
  ) => void
  readonly probe: () => number
  /** Where there are registers to speak of: what a product is held against. */
  readonly multiplyAdds?: (at: number, turns: number) => number
  readonly constantsEnd: () => number
}
