pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// The household: who belongs to it, added by card or by number, one after the other.
GsCasePage {
    id: screen

    readonly property MembersController members: kiosk.members
    readonly property CardController card: kiosk.card
    readonly property string phase: members.phase === "adding" && card.phase === "stating" ? "stating" : members.phase

    title: ({
            list: qsTr("和您一起生活的家里人"),
            relation: qsTr("这位家人是您的什么人？"),
            adding: qsTr("请放上这位家人的身份证"),
            stating: qsTr("请按这位家人的证件填写"),
            asking: qsTr("再问几句这位家人的情况")
        })[phase]
    subtitle: phase === "list" ? members.note : ""
    primaryText: ({
            list: qsTr("就这些人，继续"),
            relation: "",
            adding: card.phase === "failed" ? qsTr("再试一次") : "",
            stating: qsTr("添加这位"),
            asking: qsTr("保存这位家人")
        })[phase]
    primaryIcon: phase === "list" ? "arrow-right" : phase === "adding" ? "refresh" : "check"
    primaryEnabled: phase !== "list" || members.enough
    onPrimary: {
        if (phase === "list")
            members.finish();
        else if (phase === "stating")
            card.state(form.idNo, form.fullName, form.seen);
        else if (phase === "asking")
            members.save();
        else
            card.retry();
    }
    goBack: () => phase === "list" ? kiosk.visit.go("back") : members.cancel()
    extras: [
        GsButton {
            objectName: "stateIdentity"
            visible: screen.phase === "adding"
            text: qsTr("没有带这张卡")
            iconName: "id-off"
            onClicked: screen.card.startStating()
        }
    ]

    // the list
    Repeater {
        model: screen.members.rows
        GsMemberRow {
            visible: screen.phase === "list"
            Layout.fillWidth: true
            onRemoved: ref => screen.members.remove(ref)
        }
    }
    GsChoice {
        objectName: "addMember"
        visible: screen.phase === "list" && screen.members.room
        Layout.fillWidth: true
        iconName: "plus"
        text: screen.members.rows.count === 0 ? qsTr("添加一位家人") : qsTr("再添加一位家人")
        note: qsTr("刷他（她）的身份证，或者按户口簿填")
        onClicked: screen.members.add()
    }
    GsText {
        visible: screen.phase === "list" && !screen.members.enough
        Layout.fillWidth: true
        text: qsTr("这件事至少要填 %1 位家人。").arg(screen.members.least)
        soft: true
    }

    // what they are to the applicant
    GridLayout {
        visible: screen.phase === "relation"
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 2 : 4
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        Repeater {
            model: screen.members.relations
            GsChoice {
                required property string modelData
                Layout.fillWidth: true
                Layout.fillHeight: true
                objectName: "memberRelation_" + modelData
                text: GsWords.relation(modelData)
                showMark: false
                onClicked: screen.members.chooseRelation(modelData)
            }
        }
    }

    // their card or number
    GsCardPicture {
        visible: screen.phase === "adding"
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredHeight: GsTheme.px(GsTheme.compact ? 220 : 320)
        Layout.preferredWidth: GsTheme.px(GsTheme.compact ? 440 : 600)
        phase: screen.card.phase
    }
    GsText {
        visible: screen.phase === "adding"
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: screen.card.phase === "reading" ? qsTr("正在读取，请不要拿开") : qsTr("平放在亮灯的读卡区，不要移动")
        role: "lead"
        strong: true
    }
    GsIdentityForm {
        id: form
        visible: screen.phase === "stating"
        Layout.fillWidth: true
        Layout.maximumWidth: GsTheme.px(1100)
    }

    // what is asked of each
    Repeater {
        model: screen.members.questions
        GsQuestion {
            visible: screen.phase === "asking"
            Layout.fillWidth: true
            Layout.maximumWidth: GsTheme.px(1300)
            onTyped: (field, text) => screen.members.type(field, text)
            onPicked: (field, places) => screen.members.pick(field, places)
        }
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
