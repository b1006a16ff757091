pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// A few plain questions, one at a time, then what there may be for this person. Nothing is decided here.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property MayGetController asked: kiosk.mayGet

    title: {
        if (asked.done)
            return asked.likely.count + asked.possible.count > 0 ? qsTr("您可以看看这些事") : qsTr("这里没有找到合适的事");
        return asked.askingAge ? qsTr("要办事的人，今年多大？") : GsWords.both(asked.question, asked.questionEn, GsTheme.english);
    }
    subtitle: asked.done ? qsTr("这是按您的回答估计的，能不能办，由部门决定。您的回答不会留下。") : qsTr("第 %1 个问题。不用报姓名，回答不会留下。").arg(asked.number)
    backText: asked.askingAge ? qsTr("返回首页") : qsTr("上一个问题")
    busy: kiosk.visit.busy
    onBack: asked.askingAge ? kiosk.visit.go("back") : asked.back()
    primaryText: asked.done ? qsTr("重新回答") : ""
    primaryIcon: "refresh"
    onPrimary: asked.again()

    function age(least: int, most: int): string {
        if (least === 0)
            return qsTr("不满 %1 岁").arg(most + 1);
        return least >= 80 ? qsTr("%1 岁以上").arg(least) : qsTr("%1 岁到 %2 岁").arg(least).arg(most);
    }

    GridLayout {
        visible: !screen.asked.done
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 1 : 2
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap

        Repeater {
            model: screen.asked.answers
            GsChoice {
                required property int index
                required property string name
                required property string nameEn
                required property int least
                required property int most
                Layout.fillWidth: true
                Layout.fillHeight: true
                objectName: "answer_" + index
                text: least >= 0 ? screen.age(least, most) : GsWords.both(name, nameEn, GsTheme.english)
                enabled: !screen.busy
                onClicked: screen.asked.choose(index)
            }
        }
        Repeater {
            model: screen.asked.yesNo ? [qsTr("是"), qsTr("不是")] : []
            GsChoice {
                required property int index
                required property string modelData
                Layout.fillWidth: true
                Layout.fillHeight: true
                objectName: index === 0 ? "answerYes" : "answerNo"
                text: modelData
                enabled: !screen.busy
                onClicked: screen.asked.choose(1 - index)
            }
        }
        GsChoice {
            objectName: "answerUnsure"
            visible: !screen.asked.askingAge
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTr("说不清")
            iconName: "help-circle"
            enabled: !screen.busy
            onClicked: screen.asked.choose(-1)
        }
    }
    GsText {
        visible: screen.asked.done && screen.asked.likely.count > 0
        Layout.fillWidth: true
        text: qsTr("条件看来都符合")
        role: "lead"
        strong: true
    }
    GsItemList {
        visible: screen.asked.done
        Layout.fillWidth: true
        prefix: "likely"
        items: screen.asked.likely
        onChosen: code => screen.asked.open(code)
    }
    GsText {
        visible: screen.asked.done && screen.asked.possible.count > 0
        Layout.fillWidth: true
        Layout.topMargin: GsTheme.gap
        text: qsTr("也许可以办，请看看条件")
        role: "lead"
        strong: true
    }
    GsItemList {
        visible: screen.asked.done
        Layout.fillWidth: true
        prefix: "possible"
        items: screen.asked.possible
        onChosen: code => screen.asked.open(code)
    }
    GsBanner {
        visible: screen.asked.done && screen.asked.likely.count + screen.asked.possible.count === 0
        Layout.fillWidth: true
        text: qsTr("不是说您什么都不能办。")
        action: qsTr("请打 %1 问一问，或者问工作人员。").arg(GsWords.hotline)
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
