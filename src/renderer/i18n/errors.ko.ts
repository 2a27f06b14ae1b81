import type { en } from './errors.en'
import type { Translation } from './messages'

export const ko: Translation<typeof en> = {
  E_INPUT: '요청이 올바르지 않습니다: {what}.',
  E_SENDER: '이 요청을 보낼 수 없는 화면에서 온 요청입니다.',
  E_TOKEN: '파일 선택이 만료되었습니다. 파일을 다시 선택해 주십시오.',
  E_TEXT: '{position}번째 위치에 반쪽짜리 문자(짝이 없는 서로게이트)가 있습니다. 지우고 다시 시도해 주십시오.',
  E_INTERNAL: '연구실 내부에서 문제가 생겼습니다: {what}.',
  E_BUSY: '한꺼번에 너무 많은 요청이 들어왔습니다. 잠시 뒤 다시 시도해 주십시오.',

  E_FILE_MISSING: '{file}: 파일이 없습니다. 이름을 확인해 주십시오.',
  E_FILE_NOT_REGULAR: '{file}: 일반 파일이 아닙니다. 다른 파일을 선택해 주십시오.',
  E_FILE_UNREADABLE: '{file}: 파일을 읽을 수 없습니다({reason}). 접근 권한을 확인해 주십시오.',
  E_FILE_TOO_LARGE: '{file}: 크기가 {size}이고, 읽을 수 있는 한도는 {limit}입니다. 더 작은 파일을 선택해 주십시오.',
  E_FILE_CHANGED: '{file}: 읽는 동안 파일이 바뀌었습니다. 다시 시도해 주십시오.',
  E_FILE_EXISTS: '{file}: 같은 이름의 파일이 이미 있습니다. 다른 이름을 선택해 주십시오.',
  E_FILE_WRITE: '{file}: 파일을 쓸 수 없습니다({reason}).',
  E_BINARY: '{file}: 텍스트로 보이지 않습니다. 텍스트 파일을 선택해 주십시오.',
  E_ENCODING: '{file}: {offset}번째 바이트에서 {encoding} 해독에 실패했습니다. 인코딩을 직접 선택해 주십시오.',
  E_CORPUS_TOO_SMALL:
    '{name}: 토큰 {tokens}개로는 배치 {batch} × 시퀀스 {sequence}에 모자랍니다. 배치 {fitBatch} × 시퀀스 {fitSequence}이면 맞습니다.',
  E_CORPUS_TOO_SMALL_FOR_ANY:
    '{name}: 토큰 {tokens}개로는 어떤 배치와 시퀀스에도 모자랍니다. 더 긴 글을 선택해 주십시오.',
  E_CORPUS_ONE_SYMBOL: '{name}: 서로 다른 문자가 둘이 안 되어 예측할 것이 없습니다.',
  E_NOTHING_HELD_OUT:
    '{name}: 토큰 {tokens}개 가운데 검증용으로 남는 것이 없습니다. 더 긴 글을 선택하거나 검증 비율을 높여 주십시오.',
  E_CORPUS_CHANGED:
    '{name}: 이 기록을 학습한 글과 다릅니다(학습 당시 {expected}, 지금 {found}). 새 기록으로 학습해 주십시오.',
  E_CORPUS_GONE: '{name}: {run} 기록을 학습한 글이 여기에 없습니다. 글을 포함한 묶음으로 기록을 가져와 주십시오.',
  E_VOCABULARY_TOO_LARGE: '{name}: 서로 다른 문자가 {count}개로, 한도 {limit}개를 넘습니다.',

  E_CONFIGURATION: '{option} 값은 {expected}이어야 합니다. 지금은 {value}입니다.',
  E_NOT_AVAILABLE: '아직 쓸 수 없습니다: {what}.',
  E_MEMORY: '메모리가 모자랍니다(필요 {needed}, 남은 용량 {available}). {field} 값을 낮춰 주십시오.',
  E_SYMBOLS_UNKNOWN: '모델이 모르는 문자입니다: {symbols}. 빼고 다시 시도해 주십시오.',
  E_TEXT_TOO_SHORT: '{name}: 남은 토큰이 둘이 안 되어 예측할 것이 없습니다.',
  E_TEXT_EMPTY: '글이 비어 있습니다. 한 글자 이상 넣어 주십시오.',
  E_TEXT_SHORT: '모델이 읽을 토큰이 {tokens}개뿐입니다. {least}개 이상 넣어 주십시오. 마지막 토큰이 예측 대상입니다.',
  E_TASK_REVERSED:
    '끝에서부터 읽는 모델이라 앞의 것을 묻는 {task} 과제를 풀 수 없습니다. --reverse 없이 학습한 모델을 쓰십시오.',
  E_NO_RECURRENCE:
    '{cell} 신경망은 은닉 상태를 다음 단계로 넘기지 않아 시간을 거슬러 가는 기울기가 없습니다. 바닐라, LSTM, GRU 모델을 선택해 주십시오.',

  E_RUN_UNKNOWN: '{run} 기록이 없습니다.',
  E_RUN_STATE: '{run} 기록의 상태가 {status}라서 할 수 없는 작업입니다: {action}.',
  E_RUN_BUSY: '{run} 기록은 다른 프로세스({pid})에서 학습하고 있습니다.',
  E_RUN_NO_MODEL_AT: '{run} 기록에는 {step}단계 모델이 남아 있지 않습니다. 남아 있는 단계를 선택해 주십시오.',
  E_MODEL_UNKNOWN: '{model}이라는 예제 모델은 없습니다. 목록에서 선택해 주십시오.',
  E_TENSOR_UNKNOWN: '이 모델에는 {name} 매개변수가 없습니다. 모델에 있는 것을 선택해 주십시오.',
  E_RUN_NO_MODEL: '{run} 기록에는 아직 저장된 모델이 없습니다.',
  E_STATES: '이 모델에는 {from}단계부터 {to}단계까지의 {quantity} 값이 없거나, 한 번에 읽기에 너무 많습니다.',
  E_RUN_DELETED: '{run} 기록은 휴지통에 있습니다. 먼저 되돌려 주십시오.',
  E_RUN_REPEAT: '{run} 기록은 똑같이 되풀이할 수 없습니다: {reason}.',
  E_FILTER_LONG: '필터가 {most}자보다 깁니다. 일부를 지워 주십시오.',
  E_FILTER_UNEXPECTED: '필터 {position}번째 글자: 이 자리에는 ‘{text}’를 쓸 수 없습니다.',
  E_FILTER_DEEP: '필터 {position}번째 글자: 괄호와 부정이 너무 깊게 겹칩니다. 몇 개를 지워 주십시오.',
  E_FILTER_EMPTY: '필터 {position}번째 글자: 찾을 글이 비어 있습니다.',
  E_FILTER_END: '필터 {position}번째 글자: 끝에 조건이 빠져 있습니다.',
  E_FILTER_CONDITION: '필터 {position}번째 글자: ‘{text}’ 앞에 조건이 빠져 있습니다.',
  E_FILTER_OPERATOR: '필터 {position}번째 글자: {operator} 기호는 항목 이름 바로 뒤에 띄어쓰기 없이 씁니다.',
  E_FILTER_BRACKETS: '필터 {position}번째 글자: 괄호 안이 비어 있습니다.',
  E_FILTER_UNCLOSED: '필터 {position}번째 글자: 이 괄호가 닫히지 않았습니다.',
  E_FILTER_QUOTE: '필터 {position}번째 글자: 이 따옴표가 닫히지 않았습니다.',
  E_FILTER_FIELD: '필터 {position}번째 글자: ‘{field}’ 항목은 없습니다. 쓸 수 있는 항목: {fields}.',
  E_FILTER_NO_VALUE: '필터 {position}번째 글자: {field}{operator} 뒤에 값이 필요합니다.',
  E_FILTER_SPACE: '필터 {position}번째 글자: {field}{operator} 바로 뒤에는 띄어쓰기를 할 수 없습니다.',
  E_FILTER_ORDER: '필터 {position}번째 글자: {field} 값에는 크고 작음이 없습니다. {field}:{text}처럼 써 주십시오.',
  E_FILTER_VALUE: '필터 {position}번째 글자: {field} 값과 비교할 따옴표 안이 비어 있습니다.',
  E_FILTER_NUMBER: '필터 {position}번째 글자: {field} 값은 수와 비교합니다. ‘{text}’ 대신 수를 써 주십시오.',
  E_FILTER_WORD: '필터 {position}번째 글자: {field} 값은 다음 가운데 하나입니다: {words}. 지금은 ‘{text}’입니다.',
  E_FILTER_SWITCH: '필터 {position}번째 글자: {field} 값은 yes 또는 no입니다. 지금은 ‘{text}’입니다.',
  E_FILTER_DATE: '필터 {position}번째 글자: {field} 값은 2026-11-24 같은 날짜와 비교합니다. 지금은 ‘{text}’입니다.',
  E_WORKER: '{worker} 작업자가 멈췄습니다: {reason}.',

  E_MODEL: '{file}: 읽을 수 있는 모델이 아닙니다({reason}).',
  E_MODEL_ALPHABET:
    '{file}: 행 {symbols}개가 어떤 문자를 뜻하는지 파일에 들어 있지 않습니다. 관찰 방에서 열고 문자를 알려 주십시오.',
  E_ALPHABET_SIZE: '{file}: 알려 준 문자는 {given}개인데, 모델에는 {symbols}개가 필요합니다.',
  E_ALPHABET_TWICE: '{file}: 두 번 나오는 문자가 있습니다({symbol}). 문자마다 행은 하나입니다.',
  E_ALPHABET_NEEDLESS: '{file}: 읽는 문자가 파일에 이미 들어 있습니다. 문자를 따로 알려 주지 마십시오.',
  E_MODEL_OTHER:
    '{file}: 이 모델로는 학습을 시작할 수 없습니다. {what} 값이 모델은 {found}, 이번 학습은 {expected}입니다.',
  E_CHECKPOINT: '{file}: 저장 지점이 손상되었습니다({reason}).',

  E_ZIP: '{file}: 기록 묶음이나 백업이 아니거나 뒤가 잘렸습니다. 다른 파일을 선택하거나 다시 복사해 주십시오.',
  E_ZIP_ENTRY: '{file}: 안에 든 {entry} 파일이 손상되었습니다. 파일을 다시 복사해 주십시오.',
  E_ZIP_PATH: '{file}: 폴더 밖을 가리킬 수 있는 이름({entry})이 들어 있습니다. 연구실이 쓴 파일을 선택해 주십시오.',
  E_ZIP_TWICE: '{file}: 같은 이름({entry})이 두 번 들어 있습니다. 연구실이 쓴 파일을 선택해 주십시오.',
  E_ZIP_ENCRYPTED: '{file}: 암호가 걸려 있습니다. 연구실이 쓴 파일을 선택해 주십시오.',
  E_ZIP_METHOD: '{file}: 안에 든 {entry} 파일의 압축 방식을 알 수 없습니다. 연구실이 쓴 파일을 선택해 주십시오.',
  E_ZIP_OVERLAP:
    '{file}: 풀었을 때의 크기가 이만한 파일에 담을 수 있는 것보다 크다고 적혀 있습니다. 연구실이 쓴 파일을 선택해 주십시오.',
  E_ZIP_MANY: '{file}: 들어 있는 파일이 {most}개를 넘습니다. 연구실이 쓴 파일을 선택해 주십시오.',
  E_ZIP_LONG: '{file}: 안에 든 {entry} 파일이 한도 {limit}보다 큽니다. 연구실이 쓴 파일을 선택해 주십시오.',
  E_BUNDLE_EMPTY: '{file}: 들어 있는 기록이 없습니다. 기록 묶음을 선택해 주십시오.',
  E_BUNDLE_MISSING: '{file}: {entry} 파일이 빠져 있습니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_NEWER:
    '{file}: 안에 든 {entry} 파일은 더 새로운 Engram Lab이 썼습니다(형식 {found}, 이 프로그램은 {known}까지). 새 버전에서 가져와 주십시오.',
  E_BUNDLE_RECORD: '{file}: 안에 든 {entry} 파일에 기록에 관한 내용이 없습니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_FIELD: '{file}: 안에 든 {entry} 파일의 ‘{field}’ 값이 없거나 잘못되었습니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_RUN: '{file}: 안에 든 {entry} 파일은 다른 기록({found})의 것입니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_POINTS: '{file}: 안에 든 {entry} 파일이 UTF-8 텍스트가 아닙니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_POINTS_HEADER:
    '{file}: 안에 든 {entry} 파일의 첫 줄은 ‘{header}’이어야 합니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_POINTS_LINE:
    '{file}: 안에 든 {entry} 파일의 {line}번째 줄에 있는 값은 {found}개인데 {needed}개여야 합니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_POINTS_VALUE:
    '{file}: 안에 든 {entry} 파일의 {line}번째 줄에 있을 수 없는 {column} 값({value})이 있습니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_POINTS_ORDER:
    '{file}: 안에 든 {entry} 파일의 {line}번째 줄에서 단계가 {before} 다음에 {step}입니다. 단계는 늘기만 해야 합니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_TEXT: '{file}: 안에 든 {entry} 파일이 이름이 가리키는 글과 다릅니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_MODEL: '{file}: 안에 든 {entry} 파일은 읽을 수 있는 모델이 아닙니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_DIGEST: '{file}: 안에 든 {entry} 파일은 기록에 적힌 모델과 다릅니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_STATE: '{file}: 안에 든 저장 지점 {entry} 파일이 손상되었습니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_STEP:
    '{file}: 안에 든 {entry} 파일은 {found}단계의 것인데, 기록에는 {step}단계로 적혀 있습니다. 기록을 다시 내보내 주십시오.',
  E_BUNDLE_TOO_LARGE: '{file}: 풀면 {size}이고, 묶음의 한도는 {limit}입니다. 한 번에 담는 기록 수를 줄여 주십시오.',
  E_BACKUP_MISSING: '{file}: {entry} 파일이 빠져 있습니다. 온전한 백업을 선택해 주십시오.',
  E_BACKUP_ABOUT: '{file}: backup.json이 백업의 것이 아닙니다. 연구실의 백업을 선택해 주십시오.',
  E_BACKUP_STRANGER: '{file}: 자료가 아닌 {entry} 파일이 들어 있습니다. 연구실의 백업을 선택해 주십시오.',
  E_BACKUP_EMPTY: '{file}: 데이터베이스가 비어 있습니다. 다른 백업을 선택해 주십시오.',
  E_BACKUP_DATABASE: '{file}: 데이터베이스가 손상되었습니다. 다른 백업을 선택해 주십시오.',
  E_FOLDER_NOT_EMPTY: '{folder}: 폴더가 비어 있지 않습니다. 다른 폴더를 선택해 주십시오.',

  E_PATTERN: '{name}: {reason}.',
  E_PATTERN_EMPTY: '{name}: 패턴이 들어 있지 않습니다. #(+1)과 .(−1)로 행을 적어 주십시오.',
  E_PATTERN_CELL:
    '{name}: {line}번째 줄에 “{cell}” 문자가 있습니다. +1은 #, 1, +, ■, −1은 ., 0, -, □ 가운데 하나로 적어 주십시오.',
  E_PATTERN_RAGGED: '{name}: {row}번째 행은 {count}칸인데 첫 행은 {width}칸입니다. 모든 행의 길이를 맞춰 주십시오.',
  E_PATTERN_NAME_TWICE: '{file}: 이름이 같은 패턴이 둘 있습니다({name}). 패턴마다 다른 이름을 붙여 주십시오.',
  E_PATTERN_SIZE:
    '{name}: 크기가 {width} × {height}입니다. {wantedWidth} × {wantedHeight} 크기가 필요합니다. 크기를 맞춰 주십시오.',
  E_PATTERN_SIDES:
    '{name}: 크기가 {width} × {height}입니다. 한 변은 {least}칸에서 {most}칸까지입니다. 크기를 맞춰 주십시오.',
  E_PATTERN_TOO_LARGE: '{name}: {count}칸은 한도 {limit}칸을 넘습니다. 더 작게 만들어 주십시오.',
  E_PATTERN_JSON:
    '{name}: {what} 항목이 없거나 잘못되었습니다. JSON에는 "width", "height"와 "name", "rows"로 된 "patterns", 또는 "values"가 있어야 합니다.',
  E_PATTERN_VALUES: '{name}: JSON 단서의 "values"는 길이가 같은 유한한 수의 행이어야 합니다. 고쳐 주십시오.',
  E_PATTERN_FORMAT: '{name}: UTF-8 텍스트도 PNG·JPEG 그림도 아닙니다. 그중 하나로 저장해 주십시오.',
  E_PATTERN_PLANE:
    '{second} 패턴은 {first} 패턴의 반전이라 둘만으로는 평면이 되지 않습니다. 세 번째 패턴을 골라 주십시오.',
  E_PATTERNS_NONE: '저장된 패턴이 없습니다. 하나 이상 저장해 주십시오.',
  E_PATTERNS_TOO_MANY: '패턴 {count}개는 한도 {limit}개를 넘습니다. 일부를 빼 주십시오.',
  E_PICTURE: '{file}: 손상되었거나 PNG·JPEG가 아닌 그림입니다. 둘 중 하나로 다시 저장해 주십시오.',
  E_PICTURE_SVG: '{file}: SVG 그림은 읽지 않습니다. PNG로 저장해 주십시오.',
  E_PICTURE_ANIMATED: '{file}: 움직이는 그림입니다. 한 장면을 PNG로 저장해 주십시오.',
  E_PICTURE_TOO_LARGE: '{file}: {width} × {height} 픽셀은 한 변 {limit}픽셀을 넘습니다. 크기를 줄여 주십시오.',
  E_PATTERN_UNKNOWN: '{name} 패턴이 없습니다. 있는 패턴: {names}.',
  E_PATTERN_SET_UNKNOWN: '이제 없는 패턴 모음입니다({id}). 다른 모음을 선택해 주십시오.',
  E_PATTERN_SET_BUNDLED: '{id} 모음은 처음부터 들어 있는 것이라 바꿀 수 없습니다. 복제해서 바꿔 주십시오.',
  E_PATTERNS_EQUAL: '{first}, {second} 두 패턴이 같거나 서로 반전입니다. 하나만 저장해 주십시오.',
  E_PATTERNS_DEPENDENT: '{name} 패턴이 다른 패턴들에 선형 종속이어서 의사역행렬이 없습니다. 빼고 다시 시도해 주십시오.',
  E_NETWORK_TOO_LARGE:
    '뉴런 {neurons}개는 패턴 {patterns}개일 때 {rule} 규칙의 한도 {limit}개를 넘습니다. 격자나 패턴 수를 줄이거나 다른 규칙을 선택해 주십시오.',
  E_CANCELLED: '끝나기 전에 중단되었습니다.',
  E_RECALL_UNKNOWN: '이미 끝난 회상입니다. 다시 시작해 주십시오.',

  E_PEER: '{peer}의 속도를 재지 못했습니다: {reason}.',

  E_DATABASE_NEWER:
    '더 새로운 Engram Lab이 쓴 자료입니다(형식 {found}, 이 프로그램은 {known}까지). 새 버전으로 열어 주십시오.',
  E_DATABASE_CORRUPT: '데이터베이스가 손상되었습니다: {reason}.',
  E_DATABASE_LOCKED: '다른 프로그램이 데이터베이스를 쓰고 있습니다. 그 프로그램을 닫고 다시 시도해 주십시오.',
  E_DATA_IN_USE: '{directory}: 다른 프로세스가 이 자료를 쓰고 있습니다. 앱과 다른 명령을 닫고 다시 시도해 주십시오.',
  E_DATA_PRESENT: '{directory}: 이 자료 폴더에는 이미 기록 {runs}개가 있습니다. 비어 있는 자료 폴더를 선택해 주십시오.',
  E_DATA_BUSY: '진행 중인 작업이 있습니다({name}). 중지하거나 끝난 뒤에 다시 시도해 주십시오.',
  E_DATA_GIVEN:
    '프로그램을 시작할 때 자료 폴더를 지정했습니다. --data-dir나 ENGRAM_DATA_DIR에 다른 폴더를 지정해 다시 시작해 주십시오.',
  E_DATA_POINTER:
    '{file}: 자료를 옮긴 곳이 적힌 파일을 읽을 수 없습니다({reason}). 파일을 고치거나, 지워서 기본 폴더에서 시작해 주십시오.',
  E_DATA_MOVED:
    '{directory}: 자료를 옮겨 둔 폴더가 지금은 없습니다. 디스크를 연결하거나, {file} 파일을 지워 기본 폴더에서 시작해 주십시오.',
  E_TARGET_NOT_EMPTY: '{folder}: 폴더가 비어 있지 않습니다. 새 폴더나 빈 폴더를 선택해 주십시오.',
  E_TARGET_INSIDE:
    '{folder}: 자료 폴더와 이 폴더 중 하나가 다른 하나의 안에 있습니다. 따로 떨어진 폴더를 선택해 주십시오.',
  E_NO_ROOM:
    '{folder}: 필요한 공간은 {needed}, 남은 공간은 {free}입니다. 공간을 비우거나 다른 디스크를 선택해 주십시오.',
  E_COPY: '{file}: 복사본이 원본과 다릅니다. 바뀐 것은 없습니다. 다른 디스크를 선택해 주십시오.',
  E_DISK_FULL: '디스크가 가득 찼습니다. 공간을 비우고 계속해 주십시오.',
  E_DATA_DIRECTORY: '{directory}: 자료 폴더로 쓸 수 없습니다({reason}).',
  E_NODE_VERSION: 'Node 버전 {found}: 데이터베이스를 열기에 오래되었습니다. {needed} 이상을 써 주십시오.',
}
