import type { Translation } from '../../../i18n/messages'
import type { playback as en } from './messages.en'

export const playback: Translation<typeof en> = {
  field: {
    title: '장(field) h',
    none: '뉴런의 장은 다른 모든 뉴런이 보내는 신호의 합입니다. 0보다 크면 +1, 작으면 −1이 됩니다.',
    neuron: '{row}행 {column}열',
    up: '0보다 커서 +1이 됩니다.',
    down: '0보다 작아서 −1이 됩니다.',
    nothing: '0이므로 그대로입니다.',
    chance: '{probability}의 확률로 +1이 됩니다. 뽑힌 값: {value}.',
    turns: '뒤집힙니다.',
    stays: '바뀌지 않습니다.',
    parts: '패턴마다 더하는 값',
    bias: '편향(bias)',
    rest: '그 밖의 {count}개 | 그 밖의 {count}개 | 그 밖의 {count}개',
  },
  time: {
    label: '회상 과정',
    recall: '회상',
    pause: '멈춤',
    continue: '계속',
    toCue: '단서로 돌아가기',
    back: '뉴런 하나 뒤로',
    neuron: '뉴런 하나 앞으로',
    sweep: '한 순회 앞으로',
    toEnd: '끝으로 가기',
    stop: '여기서 그만두기',
    place: '회상의 위치',
    where: '순회 {sweep} · {visit} / {total}',
    speed: '속도',
    speedOf: '{speed} 뉴런/초',
    fastest: '최대 속도',
  },
  verdict: {
    empty: {
      title: '저장된 패턴이 없습니다.',
      text: '왼쪽에서 패턴을 선택하거나 직접 그려서 저장하십시오.',
    },
    ready: {
      title: '회상할 준비가 되었습니다.',
      text: '더는 바뀌지 않을 때까지 뉴런을 갱신합니다.',
    },
    beginning: {
      title: '네트워크를 구성하고 있습니다.',
      text: 'P = {patterns}, N = {neurons}.',
    },
    underway: {
      title: '{sweep}번째 순회입니다.',
      text: '뉴런마다 장 h의 부호를 따르며, 출력이 입력과 같아지면 멈춥니다.',
    },
    stored: {
      title: '“{name}”에 가장 가깝습니다.',
      text: '겹침 {overlap}. 다른 뉴런이 없습니다. | 겹침 {overlap}. 뉴런 {count}개가 다릅니다. | 겹침 {overlap}. 뉴런 {count}개가 다릅니다.',
    },
    inverse: {
      title: '“{name}”의 반전입니다.',
      text: '겹침 {overlap}. 패턴을 저장하면 그 반전도 함께 저장됩니다.',
    },
    mixture: {
      title: '{count} 패턴이 섞인 상태입니다: {names}.',
      text: '가장 큰 겹침 {overlap}. 저장한 적이 없지만 안정된 상태입니다.',
    },
    cycle: {
      title: '두 상태를 오갑니다.',
      text: '가장 큰 겹침 {overlap}. 어느 쪽도 다음 상태와 같지 않습니다.',
    },
    three: '세',
    five: '다섯',
    spurious: {
      title: '저장된 패턴이 아닙니다.',
      text: '가장 큰 겹침 {overlap}. 거짓 상태(spurious state)에 빠졌습니다.',
    },
    why: {
      converged: '출력을 다시 입력으로 넣기를 둘이 같아질 때까지 되풀이했으며, 더는 바뀌지 않습니다.',
      cycle: '동기 갱신에서는 이렇게 끝날 수 있습니다.',
      stopped: '{sweeps}번 순회한 뒤에도 계속 바뀌고 있었습니다.',
      warm: '온도 {temperature}에서는 멈추지 않으며, {sweeps}번 순회한 뒤의 상태입니다.',
      byHand: '{sweep}번째 순회에서 그만두었습니다.',
    },
  },
  why: {
    ask: '이유',
    title: '이렇게 판정한 이유',
    stored:
      '상태와의 겹침이 {overlap}이며, 다른 뉴런이 없습니다. | 상태와의 겹침이 {overlap}이며, 뉴런 {count}개가 다릅니다. | 상태와의 겹침이 {overlap}이며, 뉴런 {count}개가 다릅니다.',
    inverse:
      '반전은 덤으로 저장됩니다. 에너지의 모든 항이 두 뉴런의 곱이어서 편향이 없으면 E(s) = E(−s)이고, 저장된 패턴의 반전도 똑같이 깊은 골짜기에 놓입니다.',
    inverseOther: '상태와의 겹침이 {overlap}이며, 거의 모든 뉴런이 반대입니다.',
    mixture:
      '이 패턴들을 더한 값의 부호와 상태의 겹침이 {overlap}입니다. 패턴마다 가깝지만(최대 {largest}) 어느 것과도 같지 않습니다. 이런 혼합 상태는 아무도 저장하지 않은 에너지의 극소점입니다.',
    cycle:
      '모든 뉴런이 한꺼번에 바뀌므로, 저마다 이미 사라진 상태에 반응합니다. 첫 상태는 둘째 상태로, 둘째 상태는 다시 첫 상태로 이어집니다. 뉴런을 하나씩 갱신하면 멈춥니다.',
    spurious:
      '가장 가까운 패턴은 “{name}”, 겹침은 {overlap}입니다. 그 크기가 0.95에 못 미치므로, 아무도 만들지 않은 골짜기에 머문 것입니다.',
    bestMixture: '세 개나 다섯 개의 혼합으로도 설명되지 않습니다. 가장 나은 혼합의 겹침이 {overlap}입니다.',
    chance:
      '온도 {temperature}에서는 뉴런이 장의 부호를 늘 따르지 않고 σ(2h/T)의 확률로 +1이 됩니다. 상태가 골짜기 주위를 떠돌며, 판정은 끝난 순간의 것입니다.',
    pictures: '비교한 상태',
    state: '상태',
    before: '한 순회 전',
    sum: '합의 부호',
    overlaps: '저장된 패턴과의 겹침 m',
    line: '점선인 ±0.95부터 그 패턴이나 반전으로 봅니다.',
    more: '나머지 {count}개는 0에 더 가깝습니다. | 나머지 {count}개는 0에 더 가깝습니다. | 나머지 {count}개는 0에 더 가깝습니다.',
  },
  keep: {
    label: '기록에 남기기',
    kept: '회상을 기록에 남겼습니다: {name}',
    see: '기록 보기',
  },
  temperature: {
    label: '온도',
    help: '0이면 내려가기만 합니다. 그보다 높으면 우연이 작용하여 섞인 상태에서 벗어납니다. 약 0.46을 넘으면 섞인 상태가 남지 않습니다(헵 규칙, 패턴이 적을 때).',
  },
  sweeps: {
    label: '최대 순회 수',
    help: '이 격자에서는 {most}번까지. 되감을 수 있도록 갱신 {visits}번까지 보관합니다.',
    helpWarm:
      '온도가 0보다 높으면 끝까지 순회합니다. 이 격자에서는 {most}번까지. 되감을 수 있도록 갱신 {visits}번까지 보관합니다.',
  },
}
