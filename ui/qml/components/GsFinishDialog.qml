import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// Leaving in the middle: go on, keep it for later, or throw it away. Nothing is decided by a slip of the finger.
GsDialog {
    id: dialog

    required property VisitController visit
    required property CasesController cases

    title: visit.canKeep ? qsTr("要先走吗？") : qsTr("要结束吗？")
    iconName: "logout"
    actions: GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait || GsTheme.elder ? 1 : 3
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gapSmall

        GsButton {
            objectName: "reallyFinish"
            Layout.fillWidth: true
            kind: "danger"
            text: dialog.visit.canKeep ? qsTr("不存，结束") : qsTr("结束")
            onClicked: {
                dialog.open = false;
                dialog.visit.finish(false);
            }
        }
        GsButton {
            objectName: "keepAndLeave"
            visible: dialog.visit.canKeep
            Layout.fillWidth: true
            text: qsTr("存着，下次再办")
            iconName: "device-floppy"
            onClicked: {
                dialog.open = false;
                dialog.cases.keep();
            }
        }
        GsButton {
            objectName: "goOn"
            Layout.fillWidth: true
            kind: "primary"
            text: qsTr("继续办")
            onClicked: dialog.open = false
        }
    }

    GsText {
        Layout.fillWidth: true
        text: dialog.visit.canKeep ? qsTr("已经填的和扫的，可以替您存 %1 天，下次刷同一张身份证接着办。").arg(dialog.cases.keepDays) : dialog.visit.caseOpen ? qsTr("这一次填的内容不会留下。") : qsTr("结束后，这台机器上不留您的信息。")
    }
}
