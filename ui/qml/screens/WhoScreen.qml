pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"
import "../components"

// For oneself or for another. A daughter may help her mother here, and says so.
GsCasePage {
    id: screen

    title: qsTr("这件事是为谁办的？")
    subtitle: qsTr("您是 %1").arg(kiosk.people.holderMasked)

    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 1 : 3
        uniformCellWidths: true
        columnSpacing: GsTheme.gapLarge
        rowSpacing: GsTheme.gap

        GsBigChoice {
            objectName: "forMyself"
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "user"
            text: qsTr("为我自己办")
            note: qsTr("就用刚才这张身份证")
            onClicked: screen.kiosk.people.forMyself()
        }
        GsBigChoice {
            objectName: "forFamily"
            visible: screen.kiosk.people.agentAllowed
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "users"
            text: qsTr("替别人办")
            note: qsTr("受家人、亲友委托来办，要有委托书")
            onClicked: screen.kiosk.people.forOther("agent")
        }
        GsBigChoice {
            objectName: "asGuardian"
            visible: screen.kiosk.people.guardianAllowed
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "heart-handshake"
            text: qsTr("我是监护人")
            note: qsTr("为未成年的孩子、需要监护的家人办")
            onClicked: screen.kiosk.people.forOther("guardian")
        }
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
