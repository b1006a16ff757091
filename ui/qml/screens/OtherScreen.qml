pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Who the other is: what the one standing here is to them, which powers they gave, and their card or number.
GsCasePage {
    id: screen

    readonly property PeopleController people: kiosk.people
    readonly property CardController card: kiosk.card
    readonly property string phase: people.relation === "" ? "relation" : card.phase === "stating" ? "stating" : "card"

    title: ({
            relation: people.kind === "guardian" ? qsTr("他（她）是您的什么人？") : qsTr("请您来办事的人，是您的什么人？"),
            card: qsTr("现在请放上他（她）的身份证"),
            stating: qsTr("请按他（她）的证件填写")
        })[phase]
    subtitle: phase === "relation" ? qsTr("选一个就行") : qsTr("关系：%1").arg(GsWords.relation(people.relation))
    primaryText: phase === "stating" ? qsTr("就是这位") : phase === "card" && card.phase === "failed" ? qsTr("再试一次") : ""
    primaryIcon: phase === "stating" ? "check" : "refresh"
    onPrimary: phase === "stating" ? card.state(form.idNo, form.fullName, form.seen) : card.retry()
    goBack: () => phase === "stating" ? card.retry() : phase === "card" ? people.chooseRelation("") : kiosk.visit.go("back")
    extras: [
        GsButton {
            objectName: "stateIdentity"
            visible: screen.phase === "card"
            text: qsTr("没有带这张卡")
            iconName: "id-off"
            onClicked: screen.card.startStating()
        }
    ]

    GridLayout {
        visible: screen.phase === "relation"
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 2 : 4
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        Repeater {
            model: screen.people.relations
            GsChoice {
                required property string modelData
                Layout.fillWidth: true
                Layout.fillHeight: true
                objectName: "relation_" + modelData
                text: GsWords.relation(modelData)
                showMark: false
                onClicked: screen.people.chooseRelation(modelData)
            }
        }
    }
    GsCardPicture {
        visible: screen.phase === "card"
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredHeight: GsTheme.px(GsTheme.compact ? 220 : 320)
        Layout.preferredWidth: GsTheme.px(GsTheme.compact ? 440 : 600)
        phase: screen.card.phase
    }
    GsText {
        objectName: "otherGuidance"
        visible: screen.phase === "card"
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: screen.card.phase === "reading" ? qsTr("正在读取，请不要拿开") : qsTr("您自己的卡先收好，再放上他（她）的")
        role: "lead"
        strong: true
    }
    GsIdentityForm {
        id: form
        visible: screen.phase === "stating"
        Layout.fillWidth: true
        Layout.maximumWidth: GsTheme.px(1100)
    }
    ColumnLayout {
        visible: screen.people.powers.length > 0 && screen.phase !== "relation"
        Layout.fillWidth: true
        spacing: GsTheme.gapSmall
        GsText {
            Layout.fillWidth: true
            text: qsTr("委托您做这些事，只限这些：")
            strong: true
        }
        Repeater {
            model: screen.people.powers
            GsText {
                required property string modelData
                Layout.fillWidth: true
                text: "· " + modelData
            }
        }
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
