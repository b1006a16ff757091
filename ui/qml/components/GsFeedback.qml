import QtQuick
import QtQuick.Layouts
import "../theme"

// What became of one report, complaint or suggestion, and what was answered.
GsCard {
    id: card

    required property string number
    required property string kind
    required property string itemName
    required property string standing
    required property string made
    required property string answer
    required property string answered

    spacing: GsTheme.gapSmall

    GsText {
        Layout.fillWidth: true
        text: [GsWords.feedback(card.kind), card.itemName].filter(part => part !== "").join("：")
        role: "lead"
        strong: true
    }
    GsText {
        Layout.fillWidth: true
        text: qsTr("编号 %1，%2 收下").arg(card.number).arg(GsWords.moment(card.made))
        role: "small"
        soft: true
    }
    GsBanner {
        objectName: "feedbackStanding"
        Layout.fillWidth: true
        mood: card.standing === "answered" ? "good" : "info"
        iconName: card.standing === "answered" ? "message-circle" : "clock"
        text: ({
                kept: qsTr("已收好，待送出"),
                taken: qsTr("县里已经收到，还没有答复。"),
                answered: qsTr("%1 答复").arg(GsWords.moment(card.answered))
            })[card.standing] ?? ""
        action: card.standing === "answered" ? card.answer : qsTr("过些日子再来看，或者打 %1 报编号问。").arg(GsWords.hotline)
    }
}
