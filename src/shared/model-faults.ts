/**
 * What can be wrong with a model's file. The fault travels with the error (`details.fault`), so that the page says it in the
 * person's language; this is how the terminal says it. `{name}` is replaced from the details.
 */
export const MODEL_FAULTS = {
  tooShort: 'it is too short',
  zip: 'it is a zip, as torch.save writes: save its state_dict with safetensors.torch.save_file',
  headerTooLarge: 'its header is too large, so it may be no safetensors file',
  headerCut: 'its header is cut off',
  headerNoBrace: 'its header does not begin with a brace',
  headerNoUtf8: 'its header is not UTF-8',
  headerNoJson: 'its header is not JSON',
  headerNoObject: 'its header is not an object',
  headerDeep: 'its header nests too deeply',
  headerTwice: 'it has two entries named {tensor}',
  headerName: 'its header has a name that is not allowed',
  metadataNoText: 'its metadata is not text',
  tensorUndescribed: 'tensor {tensor} is not described',
  tensorType: 'tensor {tensor} is {found}, and the lab reads F32',
  tensorLengths: 'the shape of tensor {tensor} is wrong',
  tensorOffsets: 'the offsets of tensor {tensor} are wrong',
  tensorBytes: 'tensor {tensor} has not as many bytes as its shape needs',
  tensorGap: 'tensor {tensor} does not begin where the one before it ends',
  tensorsNoFill: 'the tensors do not fill the file',
  tensorNotFinite: 'tensor {tensor} holds a number that is not finite',
  tensorUnknown: 'it has a tensor {tensor} that such a model does not have',
  tensorMissing: 'tensor {tensor} is missing',
  tensorShape: 'tensor {tensor} is ({found}) and should be ({expected})',
  layers: 'it has {found} layers, and the lab reads at most {expected}',
  engramNoJson: 'its engram metadata is not JSON',
  engramField: 'its engram metadata is wrong: {field}',
  windowZero: 'its window is 0 tokens wide',
  vocabularyTwice: 'its vocabulary names a token twice',
  vocabularyBytes: 'its vocabulary has not all 256 bytes',
  vocabularyHex: 'its vocabulary has a token that is not two hexadecimal digits',
  vocabularyCharacter: 'its vocabulary has a token that is not one character',
} as const

export type ModelFault = keyof typeof MODEL_FAULTS

export function isModelFault(value: unknown): value is ModelFault {
  return typeof value === 'string' && Object.hasOwn(MODEL_FAULTS, value)
}
