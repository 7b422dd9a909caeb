"""The 19 defects in words: what each looks like, what it is taken for, and what an inspector does about it."""

from __future__ import annotations

from dataclasses import dataclass

from defect_desktop.language import Bilingual


@dataclass(frozen=True, slots=True)
class DefectGuide:
    """One defect. `alike` holds the labels of the classes it is taken for, and `apart` how to tell them from it."""

    looks: Bilingual
    alike: tuple[str, ...]
    apart: Bilingual
    to_do: Bilingual


GUIDES: dict[str, DefectGuide] = {
    "가구수정": DefectGuide(
        looks=Bilingual(
            "붙박이장, 신발장, 싱크대 같은 가구의 모서리나 표면이 깨지거나 벗겨져 손봐야 합니다.",
            "The edge or face of built-in furniture, a wardrobe or a kitchen unit, is chipped or peeling.",
        ),
        alike=("꼬임", "걸레받이수정"),
        apart=Bilingual(
            "벽지가 아니라 가구 판재 위에 있습니다. 바닥을 따라 길게 붙은 판이면 걸레받이입니다.",
            "It is on a furniture panel, not on paper. A long board at the foot of the wall is a skirting.",
        ),
        to_do=Bilingual(
            "가구 전체와 파손 부위를 한 장씩 찍고, 교체할지 부분 보수할지 가구 업체에 확인합니다.",
            "Photograph the whole unit and the damage, and ask the furniture trade: replace or touch up?",
        ),
    ),
    "걸레받이수정": DefectGuide(
        looks=Bilingual(
            "바닥과 만나는 걸레받이의 이음이 벌어지거나, 들뜨거나, 깨져 있습니다.",
            "The skirting at the foot of the wall has an open joint, stands off, or is broken.",
        ),
        alike=("몰딩수정", "틈새과다"),
        apart=Bilingual(
            "바닥 쪽이면 걸레받이, 천장 쪽이면 몰딩입니다. 부재는 멀쩡하고 틈만 넓으면 틈새과다입니다.",
            "At the floor it is a skirting, at the ceiling a moulding. Sound boards with a wide gap: excessive gap.",
        ),
        to_do=Bilingual(
            "사진은 똑바로 들고 찍습니다. 돌려 찍으면 몰딩과 구별되지 않습니다. 들뜬 길이를 재어 적습니다.",
            "Hold the camera upright: turned, it looks like a moulding. Measure and note the length that is loose.",
        ),
    ),
    "곰팡이": DefectGuide(
        looks=Bilingual(
            "검거나 푸른 점이 무리 지어 번져 있습니다. 모서리, 창가, 외벽 쪽에 많습니다.",
            "Black or greenish specks in a spreading cluster, mostly in corners, at windows and on outer walls.",
        ),
        alike=("오염", "반점"),
        apart=Bilingual(
            "점이 자라듯 번지고 젖은 느낌이나 냄새가 납니다. 오염은 경계가 하나이고, 반점은 점이 흩어져 있을 뿐 번지지 "
            "않습니다.",
            "It grows and feels or smells damp. A stain has one outline; spots lie apart and do not spread.",
        ),
        to_do=Bilingual(
            "닦기 전에 찍습니다. 수분을 재고 결로나 누수를 찾습니다. 원인을 두고 도배만 하면 다시 생깁니다.",
            "Photograph it before wiping. Measure moisture, look for condensation or a leak: paper alone won't last.",
        ),
    ),
    "꼬임": DefectGuide(
        looks=Bilingual(
            "벽지가 모서리나 몰딩 근처에서 비틀려 사선 주름이 잡히거나 무늬가 틀어졌습니다.",
            "The paper is twisted near a corner or moulding: slanting creases, or a pattern out of true.",
        ),
        alike=("울음", "가구수정"),
        apart=Bilingual(
            "꼬임은 한쪽으로 비틀린 선이고, 울음은 넓은 면이 물결처럼 우는 것입니다.",
            "A twist is a line drawn to one side; wrinkled paper waves over a whole area.",
        ),
        to_do=Bilingual(
            "무늬의 수직이 보이게 멀리서 한 장, 비스듬한 빛으로 가까이 한 장 찍습니다.",
            "One photo from afar that shows the plumb of the pattern, one close with slanting light.",
        ),
    ),
    "녹오염": DefectGuide(
        looks=Bilingual(
            "못, 나사, 코너비드의 녹이 배어 나와 붉은 갈색 얼룩이 생겼습니다.",
            "Rust from a nail, screw or corner bead has bled through and left a reddish brown mark.",
        ),
        alike=("오염", "곰팡이"),
        apart=Bilingual(
            "붉은 갈색이고 가운데에 쇠붙이가 있습니다. 아래로 흘러내린 자국이 흔합니다.",
            "It is reddish brown with metal at its heart, and often has run down.",
        ),
        to_do=Bilingual(
            "표면만 닦지 말고 쇠붙이에 방청 처리를 요청합니다. 둘레가 젖었으면 누수를 확인합니다.",
            "Have the metal treated, not only the face cleaned. Where it is wet around, look for a leak.",
        ),
    ),
    "들뜸": DefectGuide(
        looks=Bilingual(
            "벽지가 바탕에서 떨어져 공기층이 생겼습니다. 이음이나 가장자리가 입을 벌리기도 합니다.",
            "The paper has come away from the wall; a seam or edge may gape.",
        ),
        alike=("울음", "이음부불량"),
        apart=Bilingual(
            "누르면 빈 느낌이 납니다. 붙어 있는데 겹치거나 벌어졌으면 이음부불량입니다.",
            "It feels hollow when pressed. Where the seam holds but overlaps or parts, it is a bad seam.",
        ),
        to_do=Bilingual(
            "손등으로 눌러 범위를 확인하고 테이프로 표시합니다. 재부착할지 재시공할지 적습니다.",
            "Press with the back of the hand to find its extent, mark it with tape; note: re-stick or redo.",
        ),
    ),
    "면불량": DefectGuide(
        looks=Bilingual(
            "바탕면이 고르지 않아 벽지 위로 혹, 패임, 퍼티 자국이 비칩니다.",
            "The ground is uneven: lumps, dents or filler marks show through the paper.",
        ),
        alike=("석고수정", "울음"),
        apart=Bilingual(
            "벽지는 붙어 있고 바탕이 울퉁불퉁합니다. 네모난 보드 경계가 보이면 석고수정입니다.",
            "The paper sticks; the ground is at fault. A straight board outline means plasterboard repair.",
        ),
        to_do=Bilingual(
            "손전등을 벽에 붙여 비스듬히 비추고 찍습니다. 긴 자를 대어 틈을 잽니다.",
            "Light it along the wall with a torch and photograph it. Lay a straight edge on and measure the gap.",
        ),
    ),
    "몰딩수정": DefectGuide(
        looks=Bilingual(
            "천장 몰딩의 이음이 벌어지거나, 휘거나, 벽에서 떨어졌습니다.",
            "The ceiling moulding has an open joint, is bent, or has come away from the wall.",
        ),
        alike=("걸레받이수정", "틈새과다"),
        apart=Bilingual(
            "천장 쪽이면 몰딩입니다. 몰딩은 멀쩡하고 벽과의 틈만 넓으면 틈새과다입니다.",
            "At the ceiling it is a moulding. A sound moulding with a wide gap to the wall: excessive gap.",
        ),
        to_do=Bilingual(
            "천장이 함께 보이게 똑바로 찍습니다. 벌어진 길이와 폭을 적습니다.",
            "Photograph it upright with the ceiling in view. Note the length and width of the opening.",
        ),
    ),
    "반점": DefectGuide(
        looks=Bilingual(
            "작은 점이 흩어져 있습니다. 풀, 도료, 바탕의 성분이 배어 나온 것입니다.",
            "Small specks lie scattered: paste, paint or something in the ground has come through.",
        ),
        alike=("곰팡이", "오염"),
        apart=Bilingual(
            "점의 크기가 비슷하고 번지지 않습니다. 번지고 냄새가 나면 곰팡이입니다.",
            "The specks are alike in size and do not spread. What spreads and smells is mould.",
        ),
        to_do=Bilingual(
            "동전을 대고 크기가 보이게 찍습니다. 며칠 뒤 늘었는지 다시 확인합니다.",
            "Photograph it with a coin for scale. Look again after some days: are there more?",
        ),
    ),
    "석고수정": DefectGuide(
        looks=Bilingual(
            "석고보드의 이음, 때운 자리, 나사 자리가 벽지 위로 드러납니다.",
            "A plasterboard joint, patch or screw head shows through the paper.",
        ),
        alike=("면불량", "피스"),
        apart=Bilingual(
            "직선이나 네모꼴의 보드 경계가 보입니다. 점 하나만 솟았으면 피스입니다.",
            "A straight or square outline of the board shows. A single raised point is a protruding screw.",
        ),
        to_do=Bilingual(
            "경계 전체가 나오게 찍습니다. 눌러서 흔들리면 보드 고정부터 요청합니다.",
            "Show the whole outline. If the board gives when pressed, have it fixed first.",
        ),
    ),
    "오염": DefectGuide(
        looks=Bilingual(
            "풀, 손때, 도료, 물이 묻어 색이 다른 얼룩이 남았습니다.",
            "Paste, hands, paint or water have left a mark of another colour.",
        ),
        alike=("훼손", "녹오염", "곰팡이"),
        apart=Bilingual(
            "표면은 성하고 색만 다릅니다. 긁히거나 찢겼으면 훼손, 붉은 갈색이면 녹오염입니다.",
            "The surface is whole, only its colour differs. Scratched or torn is damage; reddish brown is rust.",
        ),
        to_do=Bilingual(
            "닦이는지 구석에서 시험합니다. 물 자국이면 위쪽의 누수를 확인합니다.",
            "Try in a corner whether it wipes off. For a water mark, look for a leak above.",
        ),
    ),
    "오타공": DefectGuide(
        looks=Bilingual(
            "콘센트, 에어컨, 선반 구멍이 잘못된 자리에 뚫렸거나 남아 있습니다.",
            "A hole for a socket, air conditioner or shelf was drilled in the wrong place, or left open.",
        ),
        alike=("훼손", "피스"),
        apart=Bilingual(
            "공구로 뚫은 둥글거나 네모난 구멍입니다. 찢기거나 팬 자국은 훼손입니다.",
            "It was made with a tool, round or square. A tear or a dent is damage.",
        ),
        to_do=Bilingual(
            "구멍의 지름을 함께 찍고, 배선이 지나는지 전기 공종에 확인합니다.",
            "Show the diameter, and ask the electricians whether a cable runs there.",
        ),
    ),
    "울음": DefectGuide(
        looks=Bilingual(
            "벽지 면이 물결처럼 울거나 잔주름이 겹겹이 잡혔습니다.",
            "The paper waves, or lies in many small wrinkles.",
        ),
        alike=("꼬임", "오염", "들뜸"),
        apart=Bilingual(
            "넓은 면에 나란한 주름입니다. 그림자 때문에 얼룩처럼 보이니 빛의 방향을 바꿔 봅니다.",
            "Side by side over an area. Its shadows look like a stain: change the direction of the light.",
        ),
        to_do=Bilingual(
            "비스듬한 빛으로 찍습니다. 시공 직후라면 마른 뒤 다시 봅니다.",
            "Photograph with slanting light. If the paper is fresh, look again when it is dry.",
        ),
    ),
    "이음부불량": DefectGuide(
        looks=Bilingual(
            "벽지와 벽지가 만나는 줄이 벌어지거나, 겹치거나, 무늬가 맞지 않습니다.",
            "Where two lengths of paper meet, they part, overlap, or the pattern does not match.",
        ),
        alike=("들뜸", "터짐"),
        apart=Bilingual(
            "곧은 이음선을 따라 나타납니다. 선을 벗어나 찢기듯 갈라지면 터짐입니다.",
            "It follows the straight seam. What splits raggedly away from the seam is burst paper.",
        ),
        to_do=Bilingual(
            "이음선의 위아래가 모두 나오게 찍고, 벌어진 폭을 적습니다.",
            "Show the seam from top to bottom, and note how far it parts.",
        ),
    ),
    "창틀,문틀수정": DefectGuide(
        looks=Bilingual(
            "창틀이나 문틀이 긁히거나, 깨지거나, 이음이 어긋났습니다.",
            "A window or door frame is scratched or broken, or its joint is out of line.",
        ),
        alike=("틈새과다", "몰딩수정"),
        apart=Bilingual(
            "틀 자체의 흠입니다. 틀은 성하고 벽과의 사이만 벌어졌으면 틈새과다입니다.",
            "The frame itself is at fault. A sound frame that stands off the wall is an excessive gap.",
        ),
        to_do=Bilingual(
            "틀 전체와 흠을 찍고, 여닫아 보아 걸리는지 적습니다.",
            "Photograph the frame and the fault; open and close it, and note whether it catches.",
        ),
    ),
    "터짐": DefectGuide(
        looks=Bilingual(
            "벽지가 당겨져 갈라졌습니다. 모서리나 보드 이음 위에 실금처럼 이어집니다.",
            "The paper was pulled apart: a ragged crack, often over a corner or a board joint.",
        ),
        alike=("훼손", "이음부불량"),
        apart=Bilingual(
            "바탕이 움직여 스스로 갈라진 것입니다. 무엇에 부딪히거나 긁힌 자국이 있으면 훼손입니다.",
            "The ground moved and it split by itself. With marks of a blow or a scratch it is damage.",
        ),
        to_do=Bilingual(
            "금의 양 끝을 표시하고 폭을 잽니다. 같은 자리에 다시 생기면 바탕 균열을 확인합니다.",
            "Mark both ends, measure the width. If it comes back in the same place, look for a crack below.",
        ),
    ),
    "틈새과다": DefectGuide(
        looks=Bilingual(
            "틀, 몰딩, 걸레받이와 벽 사이가 눈에 띄게 벌어졌습니다.",
            "There is a plain gap between the wall and a frame, moulding or skirting.",
        ),
        alike=("창틀,문틀수정", "몰딩수정", "걸레받이수정"),
        apart=Bilingual(
            "부재는 성하고 사이만 벌어졌습니다. 부재가 깨지거나 어긋났으면 그 부재의 수정입니다.",
            "Both sides are sound, only the gap is wide. If the part is broken or out of line, that is the defect.",
        ),
        to_do=Bilingual(
            "자나 틈새 게이지를 대고 찍습니다. 코킹으로 될지 다시 달아야 할지 적습니다.",
            "Photograph it with a ruler or feeler gauge. Note: sealant, or fit anew?",
        ),
    ),
    "피스": DefectGuide(
        looks=Bilingual(
            "나사나 못의 머리가 벽지를 밀어 올리거나 뚫고 나왔습니다.",
            "The head of a screw or nail stands out under the paper, or has come through it.",
        ),
        alike=("석고수정", "오타공"),
        apart=Bilingual(
            "작은 점이 줄지어 있는 일이 많습니다. 큰 구멍이면 오타공입니다.",
            "Small points, often in a row. A large hole is a misplaced hole.",
        ),
        to_do=Bilingual(
            "간격이 보이게 여러 개를 한 장에 찍습니다. 박고 방청한 뒤 도배하도록 요청합니다.",
            "Show several in one photo. Have them driven home and rust-proofed before papering.",
        ),
    ),
    "훼손": DefectGuide(
        looks=Bilingual(
            "긁힘, 찢김, 찍힘처럼 밖에서 힘을 받아 마감이 상했습니다.",
            "The finish was hurt from outside: a scratch, a tear, a dent.",
        ),
        alike=("오염", "터짐", "오타공"),
        apart=Bilingual(
            "표면이 뜯기거나 팼습니다. 색만 다르면 오염, 저절로 갈라졌으면 터짐입니다.",
            "The surface is torn or dented. Only another colour is a stain; what split by itself is burst paper.",
        ),
        to_do=Bilingual(
            "언제, 어느 작업에서 생겼는지 확인하고, 크기가 보이게 가까이 찍습니다.",
            "Find out when and in whose work it happened; photograph it close, with something for scale.",
        ),
    ),
}
"""By label, in the order of the contest's classes."""
