pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Taken. The number large, what happens next in plain words, the paper as the printer really reports it.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property FinishController finish: kiosk.finish

    title: finish.delivered ? qsTr("已收好，已送到办理部门") : qsTr("已收好，待送出")
    subtitle: GsWords.both(finish.itemName, finish.itemNameEn, GsTheme.english)
    backVisible: false
    primaryText: qsTr("下一步")
    onPrimary: kiosk.visit.go("next")
    extras: [
        GsButton {
            objectName: "printReceipt"
            text: screen.finish.paper.state === "printed" ? qsTr("再打一张") : screen.finish.paper.state === "printing" ? qsTr("正在打印") : qsTr("打印回执")
            iconName: "printer"
            enabled: screen.finish.paper.state !== "printing"
            onClicked: screen.finish.print()
        }
    ]

    GsBanner {
        objectName: "printBanner"
        Layout.fillWidth: true
        mood: screen.finish.paper.state === "printed" ? "good" : screen.finish.paper.state === "failed" ? "warn" : "info"
        iconName: screen.finish.paper.state === "failed" ? "printer-off" : "printer"
        text: ({
                idle: qsTr("需要纸质回执，点下面的“打印回执”。"),
                printing: qsTr("正在打印回执"),
                printed: qsTr("回执打好了，请在出纸口取走。")
            })[screen.finish.paper.state] ?? screen.finish.paper.cause
        action: screen.finish.paper.state === "failed" ? screen.finish.paper.action : ""
    }
    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 1 : 2
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap

        GsReceiptCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            finish: screen.finish
        }
        GsNextSteps {
            Layout.fillWidth: true
            Layout.fillHeight: true
            deliverBy: screen.finish.deliverBy
            delivered: screen.finish.delivered
        }
    }
}
