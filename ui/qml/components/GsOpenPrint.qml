import QtQuick
import QtQuick.Layouts
import "../theme"

// One print that is not over, with what may become of it; a row of `ui.controllers.prints`.
GsCard {
    id: card

    required property int entry
    required property string paper
    required property string itemName
    required property string submissionNo
    required property string nameMasked
    required property string begun
    required property bool uncertain
    required property bool again
    required property int reprint
    property bool quiet: false
    signal printed
    signal givenUp
    signal wanted

    raised: true
    spacing: GsTheme.gap

    GsTag {
        mood: card.uncertain ? "warn" : "info"
        iconName: card.uncertain ? "alert-circle" : "clock"
        text: card.uncertain ? qsTr("不知道打出来没有") : qsTr("还没有打出来")
    }
    GsText {
        Layout.fillWidth: true
        text: card.itemName === "" ? GsWords.paper(card.paper) : GsWords.paper(card.paper) + "  ·  " + card.itemName
        role: "lead"
        strong: true
    }
    GsText {
        Layout.fillWidth: true
        text: [card.nameMasked, card.submissionNo, GsWords.moment(card.begun)].filter(part => part !== "").join("  ·  ")
        role: "small"
        soft: true
    }
    GsText {
        Layout.fillWidth: true
        text: {
            if (card.uncertain)
                return card.again ? qsTr("请看一看出纸口和打印机里面。打出来了，请交给本人。") : qsTr("请看一看出纸口和打印机里面。打出来了，请交给本人；没有的话，请本人再来打一张。");
            return card.again ? qsTr("打印机当时打不了，这张纸一个字也没有打。打印机好了，现在就能打。") : qsTr("打印机当时打不了。请本人刷卡，在“我的办件”里打印。");
        }
    }
    GsActions {
        Layout.fillWidth: true
        GsButton {
            objectName: "cameOut_" + card.entry
            visible: card.uncertain
            enabled: !card.quiet
            text: qsTr("打出来了")
            iconName: "check"
            onClicked: card.printed()
        }
        GsButton {
            objectName: "printOpen_" + card.entry
            visible: card.again
            enabled: !card.quiet
            text: {
                if (card.reprint === 0)
                    return qsTr("现在打印");
                return (card.uncertain ? qsTr("没有，再打一张（补打 %1）") : qsTr("现在打印（补打 %1）")).arg(card.reprint);
            }
            iconName: "printer"
            onClicked: card.wanted()
        }
        GsButton {
            objectName: "giveUp_" + card.entry
            enabled: !card.quiet
            kind: "quiet"
            text: card.uncertain ? qsTr("没有打出来，不打了") : qsTr("不打了")
            iconName: "x"
            onClicked: card.givenUp()
        }
    }
}
