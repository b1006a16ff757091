pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// The form: what is known already to be checked, the rest to be filled in. In 大字版 one question stands alone.
GsCasePage {
    id: screen

    readonly property FormController form: kiosk.form
    readonly property bool alone: GsTheme.elder

    readonly property bool known: form.knownAnswers.count > 0
    readonly property bool checking: known && (!alone || form.index === 0)
    readonly property int offset: known ? 1 : 0

    title: !alone ? qsTr("填写申请信息") : checking ? qsTr("这些已经填好，请看看对不对") : GsWords.both(form.title, form.titleEn, GsTheme.english)
    subtitle: {
        if (alone)
            return qsTr("第 %1 页，共 %2 页").arg(form.index + 1).arg(form.views);
        return known ? qsTr("上面的已经填好，请看看对不对，再填下面的。") : qsTr("写“可以不填”的，没有就空着。");
    }
    primaryText: alone && form.index + 1 < form.views ? qsTr("下一页") : qsTr("填好了，继续")
    primaryEnabled: form.views > 0
    onPrimary: alone ? form.next() : form.finish()
    goBack: () => alone && form.index > 0 ? form.previous() : kiosk.visit.go("back")
    backVisible: kiosk.visit.canGoBack || (alone && form.index > 0)
    spacing: GsTheme.px(34)

    GsBanner {
        objectName: "formMistakes"
        visible: screen.form.mistakes > 0
        onVisibleChanged: if (visible)
            screen.toTop()
        Layout.fillWidth: true
        mood: "bad"
        text: qsTr("还有 %1 处要改，已经用红字标出来了。").arg(screen.form.mistakes)
    }
    GsCard {
        visible: screen.checking
        Layout.fillWidth: true
        spacing: GsTheme.gapTiny
        Repeater {
            model: screen.form.knownAnswers
            GsQuestion {
                Layout.fillWidth: true
                onTyped: (field, text) => screen.form.type(field, text)
                onPicked: (field, places) => screen.form.pick(field, places)
            }
        }
    }
    Repeater {
        model: screen.form.questions
        GsQuestion {
            required property int index
            visible: !screen.alone || index + screen.offset === screen.form.index
            large: screen.alone
            Layout.fillWidth: true
            Layout.maximumWidth: GsTheme.px(1300)
            onTyped: (field, text) => screen.form.type(field, text)
            onPicked: (field, places) => screen.form.pick(field, places)
        }
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
