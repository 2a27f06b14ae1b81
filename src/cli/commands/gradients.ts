/** `gradients`: how far back the prediction of a text's last token reaches, and what each recurrent weight does to it. */
import { defineCommand } from '../frame/command'
import { asName, flag, required } from '../frame/options'
import { MODEL_OPTIONS, modelChoice } from './model-options'
import { figure, table } from './visible'

type OfGates = Readonly<Record<string, number>>

interface GradientsDocument {
  readonly lags: readonly number[]
  /** ‖∂L/∂h_{T−1−lag}‖₂ of the top layer. */
  readonly norms: readonly number[]
  /** [layer][lag] */
  readonly layers: readonly (readonly number[])[]
  /** [layer]{gate: radius} */
  readonly spectralRadius: readonly OfGates[]
  readonly singularValue: readonly OfGates[]
  /** A gradient exploded or a weight is broken: what isn't finite is null in the document. */
  readonly nonFinite?: true
}

export const gradients = defineCommand({
  name: 'gradients',
  summary: 'how far back the prediction of a text’s last symbol reaches',
  example: 'gradients --run RUN --text "to be or not to b"',
  options: {
    ...MODEL_OPTIONS,
    text: required('TEXT', 'two symbols or more; the last is the one predicted', asName),
    skipUnknown: flag('leave out symbols the model does not know'),
  },
  run: async ({ options, openLab }): Promise<GradientsDocument> => {
    const choice = modelChoice(options)
    const { text, skipUnknown } = options
    const lab = await openLab()
    const { norms, spectralRadius, singularValue } = await lab.analysis.gradients(choice, { text, skipUnknown })
    const layers = norms.map((layer) => Array.from(layer))
    const top = layers[layers.length - 1]
    const values = [...layers.flat(), ...[...spectralRadius, ...singularValue].flatMap((gates) => Object.values(gates))]
    return {
      lags: top.map((_, lag) => lag),
      norms: top,
      layers,
      spectralRadius,
      singularValue,
      ...(values.every(Number.isFinite) ? {} : { nonFinite: true }),
    }
  },
  print: ({ lags, norms, spectralRadius, singularValue }) =>
    [
      table([
        ['lag', '‖∂L/∂h‖'],
        ...lags.map((lag) => [String(lag), norms[lag] === 0 ? '0' : norms[lag].toExponential(3)]),
      ]),
      ...spectralRadius.flatMap((radii, layer) =>
        Object.entries(radii).map(
          ([gate, radius]) =>
            `layer ${layer + 1}, W_hh of ${gate}: spectral radius ${figure(radius)}, ` +
            `largest singular value ${figure(singularValue[layer][gate])}`,
        ),
      ),
    ].join('\n'),
})
