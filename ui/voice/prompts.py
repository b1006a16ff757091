"""The sentence for every step: where one is, and what to do next without seeing it."""

from PySide6.QtCore import QCoreApplication

from kiosk.visit import VisitState


def prompt(state: VisitState) -> str:
    """What is said when `state` begins, in the language of the screen."""
    return {**_before_the_form(), **_the_case(), **_the_end()}[state]


def welcome() -> str:
    """What is said when somebody turns the voice on: how to go on by keys alone."""
    return QCoreApplication.translate(
        "Voice",
        "朗读已经打开。按“下一个”键，听一听有哪些按钮；按“确定”键，选中它。没听清，按零再听一遍；按点号，念一遍这一页。"
        "您的姓名、号码和填的内容不会念出来。",
    )


def _before_the_form() -> dict[VisitState, str]:
    translate, state = QCoreApplication.translate, VisitState
    return {
        state.ATTRACT: translate("Voice", "家门口的事，在这里就能办。按“确定”键开始。"),
        state.HOME: translate("Voice", "请选择要办的事。可以搜索，也可以一样一样听常办的事。"),
        state.TAPPED: translate(
            "Voice", "您放上了身份证，还没有读。要看自己的办件，请选“读卡，看我的办件”。不想读卡，请拿开。"
        ),
        state.GUIDE: translate("Voice", "这是办事指南。要现在就办，请选“我要办理”。"),
        state.VERIFY: translate("Voice", "这里可以查一张回执是不是真的。请对准回执上的方格码扫一下，或者放进扫描仪。"),
        state.FEEDBACK: translate("Voice", "这里可以报差错、投诉、提建议，也可以凭纸条查答复。可以不报姓名。"),
        state.FEEDBACK_CARD: translate("Voice", "请把身份证平放在读卡区，以后刷这张卡能查答复。不想刷，请选“返回”。"),
        state.ARTICLES: translate("Voice", "这里是政策和常见问题。请选一条来看，按点号可以念给您听。"),
        state.MAY_GET: translate("Voice", "请回答几个简单的问题，看看可能能办哪些事。答案不会留下。"),
        state.PURPOSE: translate(
            "Voice", "办这件事要用您身份证上的信息。同意请选“同意，继续”；不同意请选“不同意，返回”。"
        ),
        state.CARD: translate("Voice", "请把您的身份证平放在读卡区，不要移动。没有带卡，请找工作人员。"),
        state.CASES_CARD: translate("Voice", "查看您的办件，请把身份证平放在读卡区。"),
        state.KEPT: translate("Voice", "您上次有一件没办完。可以接着办，也可以重新办。"),
        state.WHO: translate("Voice", "这件事是为谁办的？为自己办，请选“为我自己办”。"),
        state.OTHER: translate("Voice", "请选他是您的什么人，再放上他的身份证。"),
        state.MY_CASES: translate("Voice", "这里是您的办件，请选一件来看。"),
        state.CASE: translate("Voice", "这一件办到哪一步，写在屏幕上。可以补打回执，部门有文书的可以打印。"),
        state.REBOOK: translate("Voice", "请选另一天，再选时间。选好了，请选“就约这个时间”。"),
        state.STAFF_LOGIN: translate("Voice", "这里是工作人员登录。"),
        state.OPEN_PRINTS: translate("Voice", "这里是没有打完的纸，请一张一张处理。"),
        state.SUPERVISOR: translate("Voice", "这里是日终核对。对不上的，写在下面；核对单可以打印。"),
    }


def _the_case() -> dict[VisitState, str]:
    translate, state = QCoreApplication.translate, VisitState
    return {
        state.SCENARIO: translate("Voice", "请回答一个问题，选一个答案。"),
        state.MEMBERS: translate("Voice", "请添加家里的人，可以刷身份证，也可以按户口簿填。"),
        state.FORM: translate("Voice", "请填写申请信息。知道的已经替您填好，请填其余的，再选“填好了，继续”。"),
        state.NOTICE: translate(
            "Voice", "一次告诉您还需要什么。想听内容，请按点号。可以打印出来，也可以先存着，备齐再来。"
        ),
        state.MATERIALS: translate("Voice", "请把材料一样一样交给机器扫描。扫描完，请收好原件。"),
        state.DELIVERY: translate("Voice", "办好以后，结果怎么给您？请选一样。"),
        state.APPOINTMENT: translate("Voice", "请选哪一天来，再选时间。不想现在约，请选“先不约”。"),
        state.SIGNATURE: translate("Voice", "请在屏幕的框里签上您的名字。不能签字，请选“不会写字，按手印”。"),
        state.READBACK: translate(
            "Voice", "请最后看一遍。没错，请选“没错，提交”。内容不会念出来，可以请您信得过的人帮着看。"
        ),
        state.SUBMITTING: translate("Voice", "正在为您存好，请稍等。"),
    }


def _the_end() -> dict[VisitState, str]:
    translate, state = QCoreApplication.translate, VisitState
    return {
        state.RECEIPT: translate("Voice", "已收好。编号在屏幕上和回执上。还没有打印的，请选“打印回执”。"),
        state.PAYMENT: translate("Voice", "这件事要缴费。这台机器不收现金，怎么缴写在屏幕上。"),
        state.RATING: translate("Voice", "这次办事，您觉得怎么样？可以不评。"),
        state.GOODBYE: translate("Voice", "已经结束，这台机器上没有您的信息。请拿好身份证、材料原件和打印的纸。"),
        state.FAULT: translate(
            "Voice", "机器出了点问题，不是您的错。已经提交的都在。请从头再试一次，或者告诉工作人员。"
        ),
    }
